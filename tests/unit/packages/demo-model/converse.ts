/** A whole turn with the demo model: over its HTTP server and our own client, with scripted tools. */
import { stepEvents } from '../../../support/agent/step-events'
import { createOllamaModel } from '../../../../server/model/client'
import type { ModelMessage, ModelTool, ModelToolCall } from '../../../../server/model/types'
import { startDemoModel } from '@k8s-ai-assistant/demo-model'
import { modelTool } from '../../../support/brands'

export interface Call {
  name: string
  arguments: Record<string, unknown>
}

export interface Conversation {
  /** The calls of each round. */
  rounds: Call[][]
  text: string
  reasoning: string
}

/**
 * @param run the tool: its text for the model
 * @param maxRounds after them the model is offered no tools and told to answer, as the loop does
 */
export async function converse(
  question: string,
  tools: ModelTool[],
  run: (call: Call) => string | Promise<string> = () => '(no rows)',
  maxRounds = 8,
  /** What the client calls by itself after a call of the model, with its result. */
  readBack: (call: Call) => { call: Call; result: string } | undefined = () => undefined,
): Promise<Conversation> {
  const demo = await startDemoModel({ delayMs: 0 })
  const model = createOllamaModel({ baseUrl: demo.url, model: demo.model })
  const messages: ModelMessage[] = [
    { role: 'system', content: 'You are an assistant.' },
    { role: 'user', content: question },
  ]
  const conversation: Conversation = { rounds: [], text: '', reasoning: '' }
  try {
    for (;;) {
      const mayCall = conversation.rounds.length < maxRounds
      if (!mayCall) messages.push({ role: 'user', content: 'Answer now with what you have.' })
      const calls: ModelToolCall[] = []
      for await (const event of stepEvents(model, { messages, tools: mayCall ? tools : [] })) {
        if (event.type === 'text') conversation.text += event.text
        if (event.type === 'reasoning') conversation.reasoning += event.text
        if (event.type === 'tool-call') calls.push(event)
      }
      if (calls.length === 0) return conversation
      const round = calls.map(({ name, arguments: text }) => ({ name, arguments: Object(JSON.parse(text)) }))
      conversation.rounds.push(round)
      messages.push({ role: 'assistant', content: '', toolCalls: calls })
      for (const [at, { id, name }] of calls.entries()) {
        const call = round[at]
        messages.push({ role: 'tool', toolCallId: id, name, content: call ? await run(call) : '' })
      }
      for (const [at, call] of round.entries()) {
        const read = readBack(call)
        if (!read) continue
        const { name, arguments: args } = read.call
        const id = `read-${at}`
        messages.push({ role: 'assistant', content: '', toolCalls: [{ id, name, arguments: JSON.stringify(args) }] })
        messages.push({ role: 'tool', toolCallId: id, name, content: read.result })
      }
    }
  } finally {
    await demo.close()
  }
}

function tool(name: string, ...properties: string[]): ModelTool {
  return {
    name: modelTool(name),
    description: name,
    parameters: {
      type: 'object',
      properties: Object.fromEntries(properties.map((each) => [each, { type: 'string' }])),
    },
  }
}

/** The names and arguments of kubernetes-mcp-server. */
export const kubernetesMcpServerTools: ModelTool[] = [
  tool('events_list', 'fieldSelector', 'namespace'),
  tool('namespaces_list', 'fieldSelector'),
  tool('pods_get', 'name', 'namespace'),
  tool('pods_list', 'fieldSelector', 'labelSelector'),
  tool('pods_list_in_namespace', 'fieldSelector', 'labelSelector', 'namespace'),
  tool('pods_log', 'container', 'name', 'namespace', 'previous', 'tail'),
  tool('resources_get', 'apiVersion', 'kind', 'name', 'namespace'),
  tool('resources_list', 'apiVersion', 'kind', 'fieldSelector', 'labelSelector', 'namespace'),
]

/** Those of mcp-server-kubernetes. */
export const mcpServerKubernetesTools: ModelTool[] = [
  tool('kubectl_get', 'resourceType', 'name', 'namespace', 'output', 'allNamespaces', 'labelSelector'),
  tool('kubectl_describe', 'resourceType', 'name', 'namespace'),
  tool('kubectl_logs', 'resourceType', 'name', 'namespace', 'container', 'tail', 'previous'),
]

/** With those that change something. */
export const kubernetesMcpServerWriting: ModelTool[] = [
  ...kubernetesMcpServerTools,
  tool('helm_install', 'chart', 'name', 'namespace', 'values'),
  tool('helm_list', 'all_namespaces', 'namespace'),
  tool('helm_uninstall', 'name', 'namespace'),
  tool('pods_delete', 'name', 'namespace'),
  tool('resources_create_or_update', 'resource'),
  tool('resources_delete', 'apiVersion', 'gracePeriodSeconds', 'kind', 'name', 'namespace'),
  tool('resources_scale', 'apiVersion', 'kind', 'name', 'namespace', 'scale'),
]

export const mcpServerKubernetesWriting: ModelTool[] = [
  ...mcpServerKubernetesTools,
  tool('install_helm_chart', 'name', 'chart', 'namespace', 'repo', 'values'),
  tool('kubectl_apply', 'manifest', 'namespace', 'dryRun'),
  tool('kubectl_delete', 'resourceType', 'name', 'namespace'),
  tool('kubectl_rollout', 'subCommand', 'resourceType', 'name', 'namespace'),
  tool('kubectl_scale', 'name', 'namespace', 'replicas', 'resourceType'),
  tool('uninstall_helm_chart', 'name', 'namespace'),
  tool('upgrade_helm_chart', 'name', 'chart', 'namespace', 'repo', 'values'),
]

/** A table in the form in which results reach the model. */
export function tabs(table: string): string {
  return table
    .trim()
    .split('\n')
    .map((line) =>
      line
        .trim()
        .split(/\s{2,}/)
        .join('\t'),
    )
    .join('\n')
}

export const ALL_PODS = `
NAMESPACE    NAME                       READY   STATUS             RESTARTS   AGE
monitoring   node-exporter-85xxh        1/1     Running            0          8m31s
payments     api-57c87fb788-f9p9l       0/1     ImagePullBackOff   0          8m31s
payments     api-57c87fb788-t8gf7       0/1     ImagePullBackOff   0          8m31s
payments     ledger-0                   0/1     Pending            0          8m31s
payments     nightly-settlement-s6mdz   0/1     Completed          0          8m31s
shop         cart-694bc7cd75-98wzg      0/1     CrashLoopBackOff   7          8m31s
shop         cart-694bc7cd75-hfw5q      0/1     CrashLoopBackOff   7          8m31s
shop         redis-84b9759f74-4hwz9     1/1     Running            0          8m31s
shop         web-65467b7644-5p6nt       1/1     Running            0          8m31s`.trim()

/** The pods of a namespace, with kubectl's columns for a single one. */
export function podsOf(namespace: string): string {
  const lines = ALL_PODS.split('\n')
  return lines
    .filter((line, at) => at === 0 || line.startsWith(namespace))
    .map((line) => line.slice(13))
    .join('\n')
}

export const CART_LOG = `2026-11-22T08:00:00Z INFO  cart 2.4.0 starting
2026-11-22T08:00:01Z ERROR cannot connect to redis at cart-redis.shop:6379: no such host
2026-11-22T08:00:01Z FATAL exiting with status 1`
