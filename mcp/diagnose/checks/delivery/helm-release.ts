/** A Helm release whose newest revision failed, or whose operation was interrupted and blocks the next one. */
import { releaseHealth } from '../../../helm/release-health'
import type { Revision } from '../../../helm/storage'
import { msg } from '../../../../shared/messages/create'
import { fact } from '../../evidence'
import type { Check, Found, Ref } from '../../types'
import type { World } from '../../world/world'
import type { KubeObject } from '../../../kubernetes/types'
import { refOf } from '../../ref'

export const HELM_RELEASE = 'helm.sh/Release'
const RELEASE_NAME = 'meta.helm.sh/release-name'

export const helmRelease: Check = {
  id: 'helm-release',
  reads: ['Pod'],
  reference: 'https://helm.sh/docs/helm/helm_rollback/',
  find: findAll,
  samples: {
    fires: [
      `
- {kind: Release, metadata: {name: web, namespace: a}, revision: 2, status: failed, modifiedAt: "2026-11-29T11:00:00Z"}`,
      `
- {kind: Release, metadata: {name: web, namespace: a}, revision: 1, status: deployed, modifiedAt: "2026-11-29T09:00:00Z"}
- {kind: Release, metadata: {name: web, namespace: a}, revision: 2, status: pending-upgrade, modifiedAt: "2026-11-29T10:00:00Z"}`,
    ],
    silent: [
      `
- {kind: Release, metadata: {name: web, namespace: a}, revision: 1, status: failed, modifiedAt: "2026-11-29T09:00:00Z"}
- {kind: Release, metadata: {name: web, namespace: a}, revision: 2, status: deployed, modifiedAt: "2026-11-29T10:00:00Z"}`,
      `
- {kind: Release, metadata: {name: web, namespace: a}, revision: 2, status: pending-upgrade, modifiedAt: "2026-11-29T11:59:00Z"}`,
    ],
  },
}

function findAll(world: World): Found[] {
  const releases = Map.groupBy(world.releases ?? [], ({ namespace, release }) => `${namespace}/${release}`)
  return [...releases.values()].flatMap((revisions) => findIn(world, revisions))
}

function findIn(world: World, revisions: Revision[]): Found[] {
  const [newest] = [...revisions].sort((one, other) => other.revision - one.revision)
  if (!newest) return []
  const health = releaseHealth(newest, revisions, world.now)
  if (health.verdict !== 'bad') return []
  const { namespace, release, revision, status } = newest
  const isStuck = status !== 'failed'
  const deployed = revisions.find((each) => each.status === 'deployed')
  return [
    {
      object: { kind: HELM_RELEASE, namespace, name: release },
      severity: 'warning',
      certainty: 'certain',
      cause: isStuck ? msg('release-stuck', { revision, status }) : msg('release-failed', { revision }),
      next: deployed
        ? msg('next-release', { name: release, revision: deployed.revision })
        : msg('next-release-reinstall', { name: release }),
      evidence: health.reason ? [fact('status', health.reason)] : [],
      because: isStuck ? [] : releaseObjects(world, namespace, release),
    },
  ]
}

/** The workloads of a release, by the annotation that Helm writes. */
export function releaseObjects(world: World, namespace: string | undefined, release: string): Ref[] {
  const isOf = ({ metadata }: KubeObject) =>
    metadata.annotations?.[RELEASE_NAME] === release && (namespace === undefined || metadata.namespace === namespace)
  return world.kinds().flatMap((kind) => world.list(kind).filter(isOf).map(refOf))
}
