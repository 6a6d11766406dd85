import { FLUX_NAMESPACE } from './calls'
import { prepareCreateManifest } from './apply'
import { prepared } from './context'
import type { Preparer } from './context'
import { isRecord, textAt } from './fields'
import { describeRef, isClusterWide, kindOf } from './kinds'
import { note } from './note'
import type { KubernetesObject } from './types'

/** mcp-server-kubernetes' `kubectl_create`: a manifest, or one of a few kinds by arguments. */
export const prepareKubectlCreate: Preparer = async (args, context) => {
  if (textAt(args, 'manifest')) return await prepareCreateManifest(args, context)
  if (textAt(args, 'filename') || (Array.isArray(args.fromFile) && args.fromFile.length > 0))
    return prepared({ args, notes: [note('create-file')] })

  const type = { resourceType: textAt(args, 'resourceType') ?? '' }
  const name = textAt(args, 'name') ?? ''
  const scope = isClusterWide(type) ? {} : { namespace: textAt(args, 'namespace') ?? FLUX_NAMESPACE }
  const ref = { type, name, ...scope }
  const live = await context.reader.get(ref)
  const kind = kindOf(type)
  const object = build(kind, args)
  return prepared({
    args: { ...args, ...scope },
    target: describeRef(ref),
    namespace: ref.namespace,
    changes: object ? [{ title: describeRef(ref), after: { ...object, metadata: { name, ...scope } } }] : [],
    notes: [
      object ? undefined : kind ? note('create-kind', { kind }) : note('create-no-kind'),
      live.state === 'found' ? note('create-exists', { object: describeRef(ref) }) : undefined,
      live.state === 'unreadable' ? live.note : undefined,
      // It puts `-n NAMESPACE -o yaml` behind the command's `--`, where they are the container's.
      Array.isArray(args.command) && args.command.length > 0 ? note('create-command') : undefined,
      Array.isArray(args.labels) && args.labels.length > 0 ? note('create-labels') : undefined,
    ],
  })
}

/** What kubectl would make, but for what the API server adds. */
function build(kind: string, args: Record<string, unknown>): KubernetesObject | undefined {
  const name = textAt(args, 'name') ?? ''
  const container = {
    name: (textAt(args, 'image') ?? '').replace(/^.*\//, '').replace(/[:@].*$/, ''),
    image: args.image,
  }
  const pod = {
    containers: [Number(args.port) > 0 ? { ...container, ports: [{ containerPort: args.port }] } : container],
  }
  const job = { template: { spec: { ...pod, restartPolicy: 'OnFailure' } } }
  switch (kind) {
    case 'Namespace':
      return { apiVersion: 'v1', kind }
    case 'ConfigMap':
      return { apiVersion: 'v1', kind, data: dataOf(args) }
    case 'Secret':
      return { apiVersion: 'v1', kind, stringData: dataOf(args) }
    case 'Service':
      return {
        apiVersion: 'v1',
        kind,
        spec: { type: args.serviceType ?? 'clusterip', selector: { app: name }, ports: args.tcpPort },
      }
    case 'Deployment':
      return {
        apiVersion: 'apps/v1',
        kind,
        spec: {
          replicas: args.replicas ?? 1,
          selector: { matchLabels: { app: name } },
          template: { metadata: { labels: { app: name } }, spec: pod },
        },
      }
    case 'Job':
      return { apiVersion: 'batch/v1', kind, spec: job }
    case 'CronJob':
      return { apiVersion: 'batch/v1', kind, spec: { schedule: args.schedule, jobTemplate: { spec: job } } }
    default:
      return undefined
  }
}

function dataOf(args: Record<string, unknown>): Record<string, string> {
  const literals = Array.isArray(args.fromLiteral) ? args.fromLiteral.map(String) : []
  const contents = Array.isArray(args.fromFileContent) ? args.fromFileContent.filter(isRecord) : []
  return Object.fromEntries([
    ...literals.map((literal): [string, string] => {
      const [key = '', ...value] = literal.split('=')
      return [key, value.join('=')]
    }),
    ...contents.map((each): [string, string] => [textAt(each, 'key') ?? '', textAt(each, 'content') ?? '']),
  ])
}
