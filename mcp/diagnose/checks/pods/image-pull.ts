/** An image that cannot be pulled. */
import { msg } from '../../../../shared/messages/create'
import type { Message } from '../../../../shared/messages/message'
import { listAt, textAt } from '../../../../shared/kubernetes/fields'
import { eventFact, fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found, Ref } from '../../types'
import { troubledPods } from '../../world/troubled-pods'
import type { TroubledPod } from '../../world/troubled-pods'
import type { World } from '../../world/world'

const WAITING =
  /^(?:ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|ImageInspectError|RegistryUnavailable)$/

interface Reason {
  match: RegExp
  cause: (image: string) => Message
  next: () => Message
}

/** In the words of containerd, CRI-O and registries; the most specific first. */
const REASONS: readonly Reason[] = [
  {
    match: /InvalidImageName|invalid reference format|couldn't parse image/i,
    cause: (image) => msg('image-name-invalid', { image }),
    next: () => msg('next-image-name-invalid'),
  },
  {
    match: /ErrImageNeverPull/,
    cause: (image) => msg('image-never', { image }),
    next: () => msg('next-image-never'),
  },
  {
    match: /unauthorized|authentication required|denied|403 Forbidden|401|no basic auth/i,
    cause: (image) => msg('image-denied', { image }),
    next: () => msg('next-image-denied'),
  },
  {
    match: /toomanyrequests|429|rate limit/i,
    cause: (image) => msg('image-rate', { image }),
    next: () => msg('next-image-rate'),
  },
  {
    match: /x509|certificate/i,
    cause: (image) => msg('image-certificate', { image }),
    next: () => msg('next-image-certificate'),
  },
  {
    match: /no match for platform|no matching manifest/i,
    cause: (image) => msg('image-platform', { image }),
    next: () => msg('next-image-platform'),
  },
  {
    match: /no such host|i\/o timeout|connection refused|deadline exceeded|network is unreachable|no route to host/i,
    cause: (image) => msg('image-unreachable', { image }),
    next: () => msg('next-image-unreachable'),
  },
  {
    match: /not found|manifest unknown|does not exist/i,
    cause: (image) => msg('image-not-found', { image }),
    next: () => msg('next-image-not-found'),
  },
]

const OTHER: Omit<Reason, 'match'> = {
  cause: (image) => msg('image-other', { image }),
  next: () => msg('next-image-other'),
}

export const imagePull: Check = {
  id: 'image-pull',
  reads: ['Pod'],
  reference: 'https://kubernetes.io/docs/concepts/containers/images/#imagepullbackoff',
  find: (world) => troubledPods(world).flatMap((pod) => findIn(world, pod)),
  samples: {
    fires: [
      `
- {kind: Pod, metadata: {name: api}, spec: {containers: [{name: api, image: "r.example.com/api:9"}]}, status: {phase: Pending, containerStatuses: [{name: api, state: {waiting: {reason: ImagePullBackOff, message: "Back-off pulling image: not found"}}}]}}`,
    ],
    silent: [
      `
- {kind: Pod, metadata: {name: api}, spec: {containers: [{name: api, image: "r.example.com/api:9"}]}, status: {phase: Pending, containerStatuses: [{name: api, state: {waiting: {reason: ContainerCreating}}}]}}`,
    ],
  },
}

function findIn(world: World, { object, facts }: TroubledPod): Found[] {
  const container = facts.containers.find(({ waiting }) => waiting && WAITING.test(waiting.reason))
  if (!container?.waiting) return []
  const { image } = container
  const events = world.events(object, /^(?:Failed|InspectFailed|ErrImageNeverPull)$/)
  const telling = events.find(({ message }) => message.includes(image)) ?? events[0]
  const words = `${container.waiting.reason} ${container.waiting.message} ${telling?.message ?? ''}`
  const reason = REASONS.find(({ match }) => match.test(words)) ?? OTHER
  const missing = pullSecrets(object).filter((ref) => world.isMissing(ref))
  return [
    {
      object: refOf(object),
      severity: 'critical',
      certainty: 'certain',
      cause: reason.cause(image),
      next: reason.next(),
      evidence: [
        ...missing.map(({ name }) => fact('spec', msg('evidence-no-pull-secret', { name }))),
        ...(telling ? [eventFact(telling)] : [fact('status', container.waiting.message || container.waiting.reason)]),
      ],
      because: missing,
    },
  ]
}

function pullSecrets(pod: TroubledPod['object']): Ref[] {
  return listAt(pod, 'spec', 'imagePullSecrets').flatMap((each) => {
    const name = textAt(each, 'name')
    return name === undefined ? [] : [{ kind: 'Secret', namespace: pod.metadata.namespace, name }]
  })
}
