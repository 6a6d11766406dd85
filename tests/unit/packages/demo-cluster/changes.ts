/** Changes of a demo cluster by our own MCP server: planned and run as the application does it. */
import { stringify } from 'yaml'
import { z } from 'zod'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { openCluster } from '../../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../../mcp/kubernetes/connection/operator-credentials'
import { callChangeTool } from '../../../../mcp/protocol/change-call'
import { changeTools } from '../../../../mcp/tools/change-tools'
import { CHANGE_META, changeOutcomeSchema, changePlanSchema } from '../../../../shared/changes/change'
import type { ChangeOutcome, ChangePhase, ChangePlan } from '../../../../shared/changes/change'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** The demo cluster's clock runs so much faster: its pods start soon, and its nodes are not written to all the time. */
const FASTER = 8

export interface DemoChanges {
  url: string
  plan: (tool: string, args: object) => Promise<ChangePlan>
  run: (tool: string, plan: ChangePlan) => Promise<ChangeOutcome>
  /** What a plan is refused with. */
  refusal: (tool: string, args: object) => Promise<string>
  read: (path: string) => Promise<unknown>
  /** Another client's write. */
  send: (method: string, path: string, body: object, type?: string) => Promise<void>
  /** Without automatic updates: nodes report every ten seconds. */
  settled: (path: string) => Promise<unknown>
  close: () => Promise<void>
}

export const WEB = { resource: 'deployment', name: 'web', namespace: 'shop' }
export const DEPLOYMENT = '/apis/apps/v1/namespaces/shop/deployments/web'
export const CONFIG_MAPS = '/api/v1/namespaces/shop/configmaps'

const objectSchema = z.looseObject({ metadata: z.looseObject({}), status: z.unknown().optional() })

/** The lines of a diff that are added or removed. */
export function changed(diff: string | undefined): string[] {
  return (diff ?? '').split('\n').filter((line) => /^[-+]/.test(line))
}

export function configMap(name: string, data: object, metadata: object = {}) {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop', ...metadata }, data }
  return { manifest: stringify(object) }
}

export async function startDemoChanges(): Promise<DemoChanges> {
  const startedAt = Date.now()
  const demo = await startDemoCluster({ now: () => startedAt + (Date.now() - startedAt) * FASTER })
  const credentials = operatorCredentials({ paths: [demo.kubeconfigPath] })
  const rules = { deniedKinds: new Set(['secret']), deniedNamespaces: new Set<string>() }
  const cluster = openCluster({ credentials, rules })
  const tools = changeTools({})

  const call = async (name: string, args: object, phase: ChangePhase) => {
    const tool = tools.find((each) => each.name === name)
    if (!tool) throw new Error(`There is no tool ${name}`)
    const signal = AbortSignal.timeout(30_000)
    const options = { cluster: async () => cluster, signal, now: Date.now, log: silent }
    const context = { ...options, writes: 'planned', allowWithoutDryRun: false } as const
    const { result } = await callChangeTool(tool, args, { [CHANGE_META]: phase }, context)
    return result
  }
  const read = async (path: string): Promise<unknown> => (await fetch(demo.url + path)).json()
  return {
    url: demo.url,
    read,
    send: async (method, path, body, type = 'application/merge-patch+json') => {
      const init = { method, body: JSON.stringify(body), headers: { 'content-type': type } }
      const response = await fetch(demo.url + path, init)
      if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`)
    },
    settled: async (path) => {
      const { metadata, status: _, ...rest } = objectSchema.parse(await read(path))
      return path.includes('/nodes/')
        ? { ...rest, metadata: { ...metadata, resourceVersion: '' } }
        : { ...rest, metadata }
    },
    plan: async (tool, args) => {
      const { structuredContent, content } = await call(tool, args, { phase: 'plan' })
      const parsed = changePlanSchema.safeParse(structuredContent)
      if (!parsed.success) throw new Error(`no plan: ${JSON.stringify(content)}`)
      return parsed.data
    },
    run: async (tool, { arguments: args, identity, digest }) => {
      const { structuredContent } = await call(tool, args, { phase: 'run', identity, digest })
      return changeOutcomeSchema.parse(structuredContent)
    },
    refusal: async (tool, args) => {
      const { content, isError } = await call(tool, args, { phase: 'plan' })
      if (!isError) throw new Error('the plan was not refused')
      return content.map((part) => (part.type === 'text' ? part.text : '')).join('\n')
    },
    close: async () => {
      await cluster.close()
      await demo.close()
    },
  }
}
