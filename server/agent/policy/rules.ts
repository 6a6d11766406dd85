/** The operator's policy file. */
import { serverToolNameSchema } from '#shared/tool-names'
import { z } from 'zod'
import { isNamespaceName } from '#shared/kubernetes/names'
import { parseYamlFile } from '../../config/yaml-file'
import { knownTool } from '../../mcp/servers'

const toolRule = z.enum(['read', 'write', 'denied'])
const namespace = z.string().refine(isNamespaceName, 'must be the name of a namespace')
const kind = z.string().regex(/^[A-Za-z][A-Za-z0-9.]*$/, 'must be a kind, such as ConfigMap')

const cluster = z.string().regex(/^\S{1,300}$/, 'must be a context, a cluster of the kubeconfig, an API URL or a UID')

const rulesSchema = z.strictObject({
  tools: z.record(z.string().regex(/^[\w.-]{1,128}$/), toolRule).optional(),
  namespaces: z.strictObject({ writes: z.array(namespace).optional(), deny: z.array(namespace).optional() }).optional(),
  kinds: z.strictObject({ deny: z.array(kind).optional() }).optional(),
  clusters: z.strictObject({ writes: z.array(cluster).optional() }).optional(),
})

export interface PolicyRules {
  /** By the tools' names on the MCP servers. */
  tools?: Record<string, z.infer<typeof toolRule>> | undefined
  namespaces?:
    | {
        /** If set, writes are limited to these namespaces. */
        writes?: string[] | undefined
        /** These are neither read nor written. */
        deny?: string[] | undefined
      }
    | undefined
  kinds?: { deny?: string[] | undefined } | undefined
  clusters?:
    | {
        /** If set, only these clusters may be changed: by context, kubeconfig entry, API URL, or UID of kube-system. */
        writes?: string[] | undefined
      }
    | undefined
}

/**
 * Parses the operator's file.
 * @param text YAML; an empty file has no rules
 * @throws YamlFileError naming line and field
 */
export function parsePolicyRules(text: string): PolicyRules {
  const { value, mistake } = parseYamlFile(text, rulesSchema)
  for (const [tool, rule] of Object.entries(value.tools ?? {})) {
    const problem = tooLoose(tool, rule)
    if (problem) throw mistake(['tools', tool], problem)
  }
  return value
}

/** Rules that no file may contain: writes without approval, and access to the assistant's credentials. */
function tooLoose(tool: string, rule: z.infer<typeof toolRule>): string | undefined {
  const known = knownTool(serverToolNameSchema.parse(tool))
  const ban = known?.ban
  if (ban && rule === 'write' && !ban.canBeWrite) return `can only be denied: ${ban.why.text}`
  if (ban && rule === 'read') return `can be denied${ban.canBeWrite ? ' or write' : ' only'}: ${ban.why.text}`
  if (rule === 'read' && known !== undefined && known.effect !== 'read')
    return 'changes the cluster: it can be write or denied'
  return undefined
}
