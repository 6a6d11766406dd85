/** Our own MCP tools on the demo cluster, as the assistant offers and calls them. */
import { modelToolNameSchema } from '#shared/tool-names'
import { startDemoCluster, type DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import type { ChangeTool } from '../../../../mcp/changes/change-tool'
import { openCluster, type OpenCluster } from '../../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../../mcp/kubernetes/connection/operator-credentials'
import { callTool } from '../../../../mcp/protocol/call'
import { callChangeTool } from '../../../../mcp/protocol/change-call'
import { readTools } from '../../../../mcp/tools'
import { changeTools, isChange } from '../../../../mcp/tools/change-tools'
import { CHANGE_META, changeOutcomeSchema, changePlanSchema, type ChangePhase } from '../../../../shared/changes/change'
import type { ModelTool } from '../../../../server/model/types'
import { cleanOutcome, outcomeText } from '../../../../server/results'
import type { Call } from './converse'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

interface Defined {
  name: string
  description: string
  properties: Record<string, object>
}

function modelTool({ name, description, properties }: Defined): ModelTool {
  const entries = Object.entries(properties).map(([key, schema]) => [key, { ...schema }] as const)
  return {
    name: modelToolNameSchema.parse(name),
    description,
    parameters: { type: 'object', properties: Object.fromEntries(entries) },
  }
}

const writeTools = changeTools({ PATH: '' })
const changing = new Set(writeTools.map(({ name }) => name))

export const readingTools = readTools.map(modelTool)
export const allTools = [...readTools.filter(({ name }) => !changing.has(name)), ...writeTools].map(modelTool)

export interface OwnCluster {
  /** Runs a call and returns its text for the model. A change runs as if a person had approved it. */
  run: (call: Call) => Promise<string>
  close: () => Promise<void>
}

export async function openOwnCluster(): Promise<OwnCluster> {
  const startedAt = Date.now()
  // So fast that nobody waits for pods.
  const demo: DemoCluster = await startDemoCluster({ now: () => startedAt + (Date.now() - startedAt) * 8 })
  const credentials = operatorCredentials({ paths: [demo.kubeconfigPath] })
  const rules = { deniedKinds: new Set(['secret']), deniedNamespaces: new Set<string>() }
  const cluster = openCluster({ credentials, rules })
  return {
    run: (call) => run(cluster, call),
    close: async () => {
      await cluster.close()
      await demo.close()
    },
  }
}

function contextOf(cluster: OpenCluster) {
  return { cluster: async () => cluster, signal: AbortSignal.timeout(20_000), now: Date.now, log: silent }
}

async function run(cluster: OpenCluster, { name, arguments: args }: Call): Promise<string> {
  const change = writeTools.find((each) => each.name === name)
  if (change && isChange(name, args)) return runChange(cluster, change, args)
  const tool = readTools.find((each) => each.name === name)
  if (!tool) throw new Error(`there is no tool ${name}`)
  return textOf((await callTool(tool, args, contextOf(cluster))).result)
}

async function runChange(cluster: OpenCluster, tool: ChangeTool, args: object): Promise<string> {
  const inPhase = async (written: object, phase: ChangePhase) => {
    const options = { ...contextOf(cluster), writes: 'planned', allowWithoutDryRun: false } as const
    return (await callChangeTool(tool, written, { [CHANGE_META]: phase }, options)).result
  }
  const planned = await inPhase(args, { phase: 'plan' })
  if (planned.isError) return `Not run: ${textOf(planned)}`
  const { arguments: read, identity, digest } = changePlanSchema.parse(planned.structuredContent)
  const { structuredContent } = await inPhase(read, { phase: 'run', identity, digest })
  return outcomeText(cleanOutcome(changeOutcomeSchema.parse(structuredContent)))
}

function textOf({ content }: CallToolResult): string {
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('\n')
}
