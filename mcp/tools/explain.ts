/** `kubectl_explain`: describes a field from the API's own schema, including custom kinds. */
import { msg } from '../../shared/messages/create'
import { KubeError } from '../kubernetes/errors/errors'
import { readSchemas, rootSchema } from '../kubernetes/discovery/openapi'
import { apiVersionOf } from '../../shared/kubernetes/api'
import type { ApiResource } from '../kubernetes/types'
import { findField, pathOf } from './explain/find'
import { fieldText } from './explain/text'
import { text } from './properties'
import type { ReadTool, ToolAnswer, ToolArguments, ToolContext } from './tool'

export const kubectlExplain: ReadTool = {
  name: 'kubectl_explain',
  description: 'Fields of a kind at a path.',
  properties: { resource: text, field: text },
  required: ['resource'],
  run: explain,
}

async function explain(args: ToolArguments, context: ToolContext): Promise<ToolAnswer> {
  const { cluster, signal } = context
  if (args.resource === undefined) throw new KubeError('invalid-arguments', msg('explain-needs'))
  const { resource, rest } = await findKind(args.resource, context)
  const path = withoutKind([...rest, ...pathOf(args.field ?? '')], resource)
  const schemas = await readSchemas(cluster.client, resource, signal)
  const root = rootSchema(schemas, resource)
  const kind = `${resource.kind} (${apiVersionOf(resource)})`
  if (!root) throw new KubeError('not-available', msg('fields-not-described', { what: kind }), { kind })
  const found = findField(schemas, root, path, resource.kind)
  return {
    kind: 'text',
    text: fieldText(schemas, found.schema, [kind, found.path.join('.')].filter(Boolean).join(' ')),
  }
}

/** Accepts `deployment.spec.replicas`, as `kubectl explain` does. */
async function findKind(
  name: string,
  { cluster, signal }: ToolContext,
): Promise<{ resource: ApiResource; rest: string[] }> {
  try {
    return { resource: (await cluster.discovery.find(name, signal)).resource, rest: [] }
  } catch (error) {
    const [kind = '', ...rest] = pathOf(name)
    if (!(error instanceof KubeError) || error.code !== 'unknown-kind' || rest.length === 0) throw error
    return { resource: (await cluster.discovery.find(kind, signal)).resource, rest }
  }
}

/** Removes the kind's own name from the start of a path. */
function withoutKind(path: string[], { kind, plural, singular }: ApiResource): string[] {
  const [first, ...rest] = path
  const names = [kind.toLowerCase(), plural, singular]
  return first !== undefined && names.includes(first.toLowerCase()) ? rest : path
}
