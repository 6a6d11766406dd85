/** The MCP server of one session: its tools and its cluster's state. */
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CallToolRequestSchema,
  ErrorCode,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js'
import type { Tool } from '@modelcontextprotocol/sdk/types.js'
import { version } from '../../package.json'
import { UNAVAILABLE_META } from '../../shared/changes/change'
import type { ChangeTool } from '../changes/change-tool'
import type { ReadRunbooks } from '../diagnose/runbooks/read-runbooks'
import type { ReadTool } from '../tools/tool'
import { callTool } from './call'
import { callChangeTool } from './change-call'
import type { WriteMode } from './change-call'
import { CLUSTER_RESOURCE, clusterState } from './cluster-state'
import type { ClusterLease, ClusterPool } from './clusters'
import { sessionCredentials } from './credentials'
import { InFlight } from './in-flight'
import type { Log } from './log'
import { changeOutputSchema, outputSchema } from './output-schema'
import { WithdrawnTools } from './withdrawn'

/** Clients recognise this server by its name. */
const SERVER_NAME = 'k8s-ai-assistant-mcp'

export interface ProtocolOptions {
  clusters: ClusterPool
  tools: readonly ReadTool[]
  /** Absent: read-only. */
  changes?: ChangeOptions
  /** The session may bring its own credentials in `initialize`; otherwise it uses the operator's. */
  acceptsCredentials: boolean
  /** The operator's runbooks; absent: none. */
  runbooks?: ReadRunbooks
  now: () => number
  log: Log
}

export interface ChangeOptions {
  tools: readonly ChangeTool[]
  mode: WriteMode
  allowWithoutDryRun: boolean
  /** Whether a call writes. Some tools read and write under one name. */
  isChange: (tool: string, raw: unknown) => boolean
}

export interface ProtocolServer {
  server: Server
  /** Removes a tool from the list for a while and notifies the client. */
  withdraw: (tool: string) => void
  /** Resolves when no request is in flight. */
  idle: () => Promise<void>
}

/** Creates a server to connect to one transport. Closing it releases its cluster. */
export function createProtocolServer(options: ProtocolOptions): ProtocolServer {
  const { tools, changes, now, log } = options
  const server = new Server(
    { name: SERVER_NAME, version },
    // The server sends no requests, so it needs no validator for responses.
    { capabilities: { tools: { listChanged: true }, resources: {} } },
  )
  const byName = new Map(tools.map((tool) => [tool.name, tool]))
  const changing = new Map(changes?.tools.map((tool) => [tool.name, tool]))
  const changingTool = (name: string, raw: unknown) => {
    const tool = changing.get(name)
    return tool && (!byName.has(name) || changes?.isChange(name, raw)) ? tool : undefined
  }
  const inFlight = new InFlight()
  const withdrawn = new WithdrawnTools(() => void server.sendToolListChanged().catch(() => undefined))

  let lease: Promise<ClusterLease> | undefined
  let closed = false
  const cluster = async () => {
    if (closed) throw new McpError(ErrorCode.ConnectionClosed, 'The session is closed.')
    lease ??= openLease().catch((error: unknown) => {
      // Retry at the next call: the kubeconfig may have been corrected.
      lease = undefined
      throw error
    })
    return (await lease).cluster
  }
  const openLease = () =>
    options.clusters.lease(sessionCredentials(server.getClientCapabilities(), options.acceptsCredentials))

  server.onclose = () => {
    closed = true
    withdrawn.clear()
    void lease?.then((opened) => opened.release()).catch(() => undefined)
  }
  server.onerror = (error) => log.warn({ error: error.message }, 'protocol error')

  server.setRequestHandler(ListToolsRequestSchema, async () => ({
    tools: [
      ...tools.filter(({ name }) => !withdrawn.has(name) && !changing.has(name)).map(definition),
      ...(await Promise.all(
        [...changing.values()].map((tool) => changeDefinition(tool, changes?.mode === 'plan-only')),
      )),
    ],
  }))

  server.setRequestHandler(CallToolRequestSchema, ({ params }, { signal }) =>
    inFlight.track(async () => {
      const raw = params.arguments ?? {}
      const change = changingTool(params.name, raw)
      if (change && changes) {
        const { mode: writes, allowWithoutDryRun } = changes
        const context = { cluster, signal, now, log, writes, allowWithoutDryRun }
        return (await callChangeTool(change, raw, params._meta, context)).result
      }
      const tool = byName.get(params.name)
      if (!tool) throw new McpError(ErrorCode.InvalidParams, `There is no tool ${params.name}. ${toolNames(tools)}`)
      const { runbooks } = options
      const { result, error } = await callTool(tool, raw, { cluster, signal, now, log, ...(runbooks && { runbooks }) })
      if (error?.code === 'metrics-missing') withdrawn.add(tool.name)
      return result
    }),
  )

  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: [CLUSTER_RESOURCE] }))

  server.setRequestHandler(ReadResourceRequestSchema, ({ params }, { signal }) =>
    inFlight.track(async () => {
      const { uri, mimeType } = CLUSTER_RESOURCE
      if (params.uri !== uri) throw new McpError(ErrorCode.InvalidParams, `There is no resource ${params.uri}.`)
      const state = await clusterState(cluster, signal)
      return { contents: [{ uri, mimeType, text: JSON.stringify(state) }] }
    }),
  )

  return { server, withdraw: (tool) => withdrawn.add(tool), idle: () => inFlight.none() }
}

function definition({ name, description, properties, required }: ReadTool): Tool {
  return {
    name,
    description,
    inputSchema: { type: 'object', properties, ...(required && { required }) },
    outputSchema: outputSchema(),
    annotations: { readOnlyHint: true },
  }
}

/** Tools whose effect they cannot undo themselves. */
const DESTRUCTIVE = new Set(['kubectl_delete', 'kubectl_drain', 'helm_uninstall'])

/** An unusable tool stays listed; its description says how to enable it. */
async function changeDefinition(tool: ChangeTool, isPlanned: boolean): Promise<Tool> {
  const { name, description, properties, required } = tool
  const problem = await tool.problem?.()
  return {
    name,
    description: problem === undefined ? description : `${description} (unavailable: ${problem})`,
    inputSchema: { type: 'object', properties, ...(required && { required }) },
    outputSchema: changeOutputSchema(),
    ...(problem !== undefined && { _meta: { [UNAVAILABLE_META]: problem } }),
    annotations: isPlanned ? { readOnlyHint: true } : { readOnlyHint: false, destructiveHint: DESTRUCTIVE.has(name) },
  }
}

function toolNames(tools: readonly ReadTool[]): string {
  return `The tools are: ${tools.map((tool) => tool.name).join(', ')}.`
}
