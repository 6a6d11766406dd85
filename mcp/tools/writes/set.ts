/** `kubectl_set`: image, environment variables and resources of one container of a workload's pod template. */
import { msg } from '../../../shared/messages/create'
import { objectWord } from '../../changes/command/kubectl'
import { z } from 'zod'
import { isRecord } from '../../../shared/kubernetes/fields'
import type { KubeObject } from '../../kubernetes/types'
import { KubeError } from '../../kubernetes/errors/errors'
import { describedText, text } from '../properties'
import { pairsText, pairWords } from './metadata'
import { readPairs, type Pairs } from './pairs'
import { ArgumentReader, invalid, readText } from './reader'
import { chooseContainer, podSpecPath } from './set/container'
import { setSteps } from './set/steps'
import { findTarget, readTarget, targetShape } from './target'
import { titleOf } from './title'
import { patchOperation, writeTool } from './tool'

const properties = {
  ...{ resource: text, name: text, namespace: text, container: text, image: text },
  env: describedText('NAME=value, or NAME- to remove'),
  requests: describedText('cpu=100m,memory=1Gi'),
  limits: text,
}

const pairsSchema = z.record(z.string(), z.string().nullable()).optional()

export const kubectlSet = writeTool({
  name: 'kubectl_set',
  description: "Set a container's image, environment or resources.",
  properties,
  required: ['name'],
  schema: z.object({
    ...targetShape,
    container: z.string().optional(),
    image: z.string().optional(),
    env: pairsSchema,
    requests: pairsSchema,
    limits: pairsSchema,
  }),
  read: (raw) => {
    const reader = new ArgumentReader('kubectl_set', raw, [...Object.keys(properties), 'resources'], {
      containername: 'container',
      environment: 'env',
      envvars: 'env',
    })
    const target = readTarget(reader, 'deployment')
    const env = reader.has('env') ? readPairs('env', reader.value('env'), { plainValues: false }) : undefined
    const resources = readResources(reader)
    const images = readImages(reader)
    if (!images.some(({ image }) => image !== undefined) && !env && Object.keys(resources).length === 0)
      throw invalid('image', msg('set-needs-something'))
    return images.map(({ container, image }) => ({
      ...target,
      ...(container !== undefined && { container }),
      ...(image !== undefined && { image }),
      ...(env && { env }),
      ...resources,
    }))
  },
  draft: async ({ container: written, image, env, requests, limits, ...args }, context) => {
    const target = await findTarget(args, context)
    const { resource, name, namespace, live } = target
    const path = podSpecPath(live)
    if (!path) throw noContainers(live)
    const container = chooseContainer(live, path, { name: written, image })
    const steps = setSteps(container, { image, env, requests, limits })
    const parts = [
      ...(image === undefined ? [] : [`image ${container.image || 'none'} → ${image}`]),
      ...(env ? [`env ${pairsText(env)}`] : []),
      ...(requests ? [`requests ${pairsText(requests)}`] : []),
      ...(limits ? [`limits ${pairsText(limits)}`] : []),
    ]
    const changes = parts.join('; ')
    return {
      title: await titleOf(
        'set',
        { kind: resource.kind, name, namespace },
        { container: container.name, changes },
        context,
      ),
      operations: [patchOperation(target, 'application/json-patch+json', steps)],
      notes: [],
      ...(parts.length === 1 && setWords(objectWord(target), container.name, { image, env })),
    }
  },
})

/** For resources `kubectl set` cannot take single values away. */
function setWords(
  object: string,
  container: string,
  { image, env }: { image?: string | undefined; env?: Pairs | undefined },
): { kubectl?: string[] } {
  if (image !== undefined) return { kubectl: ['set', 'image', object, `${container}=${image}`] }
  return env ? { kubectl: ['set', 'env', object, `--containers=${container}`, ...pairWords(env)] } : {}
}

function noContainers({ kind = '' }: KubeObject): KubeError {
  return new KubeError('invalid-arguments', msg('kind-no-containers', { kind }))
}

interface ContainerImage {
  container?: string | undefined
  image?: string | undefined
}

/** `nginx:2`, `web=nginx:2`, or `{"web": "nginx:2", "side": "x:1"}`: one image for each container. */
function readImages(reader: ArgumentReader): ContainerImage[] {
  const container = reader.text('container')
  const written = reader.value('image')
  if (written === undefined) return [{ container }]
  const entries = isRecord(written)
    ? Object.entries(written).map(([key, each]) => `${key}=${readText('image', each)}`)
    : readText('image', written).split(/[\s,]+/)
  return entries.map((entry) => {
    const equals = entry.indexOf('=')
    if (equals < 0 && entries.length > 1) throw invalid('image', msg('set-several-images'))
    const named = equals < 0 ? undefined : entry.slice(0, equals)
    const image = entry.slice(equals + 1)
    if (named !== undefined && container !== undefined && named !== container)
      throw invalid('container', msg('set-two-containers', { container, named: named.slice(0, 80) }))
    if (!/^[\w.-]+(:\d+)?(\/[\w.-]+)*(:[\w.-]+)?(@[\w+.-]+:[0-9a-fA-F]+)?$/.test(image))
      throw invalid('image', msg('image-invalid', { image: image.slice(0, 80) }))
    return { container: named ?? container, image }
  })
}

/** `requests` and `limits`, also inside `resources`. */
function readResources(reader: ArgumentReader): { requests?: Pairs; limits?: Pairs } {
  const nested = reader.value('resources')
  if (nested !== undefined && !isRecord(nested)) throw invalid('resources', msg('set-resources'))
  const both = {
    requests: reader.value('requests') ?? nested?.requests,
    limits: reader.value('limits') ?? nested?.limits,
  }
  const { requests, limits } = both
  return {
    ...(requests !== undefined && { requests: readPairs('requests', requests, { plainValues: true }) }),
    ...(limits !== undefined && { limits: readPairs('limits', limits, { plainValues: true }) }),
  }
}
