/** Refuses calls before they reach the tools: broken JSON, unknown names, repetitions, policy violations. */
import { serverToolNameSchema } from '#shared/tool-names'
import type { ServerToolName } from '#shared/tool-names'
import { z } from 'zod'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { ToolStatus } from '#shared/result'
import { sanitizeText } from '../../results'
import { knownTool } from '../../mcp/servers'
import type { ServerId } from '../../mcp/servers'
import type { ToolEntry } from '../../mcp/toolbox/types'
import { isKnown, withDefaults } from '../policy'
import type { Policy } from '../policy'
import { MORE_TOOLS } from '../more-tools'
import { NARROW, toolsAre, USE_JSON, USE_RESULT } from '../model-texts'
import { missingVerb } from './missing-verbs'
import { nearestTool } from './nearest-tool'
import { canonicalJson } from '#shared/text/canonical-json'
import type { ModelCall } from '../../model/types'

export type CheckedCall =
  | { kind: 'run'; tool: ServerToolName; arguments: Record<string, unknown> }
  /** Changes the cluster, so it requires approval. */
  | { kind: 'ask'; tool: ServerToolName; server?: ServerId; arguments: Record<string, unknown> }
  /** It may not change the cluster: a person is shown what it would do. */
  | { kind: 'plan'; tool: ServerToolName; server?: ServerId; arguments: Record<string, unknown> }
  | {
      kind: 'answer'
      /** The one that the model meant, also if there is none. */
      tool: ServerToolName
      arguments: Record<string, unknown>
      status: ToolStatus
      detail: Message
      /** Next step for the model. */
      advice?: string
      /** The arguments were not a JSON object. */
      broken?: true
      /** Made before. */
      repeated?: true
    }

const objectSchema = z.record(z.string(), z.unknown())

/** How often a read may repeat in a turn if its earlier results are no longer visible to the model. */
const MAX_SAME = 3

interface Seen {
  times: number
  /** The last result is still complete in the history and still valid. */
  isCurrent: boolean
}

/** One for each turn: remembers its calls. */
export class CallGuard {
  private readonly seen = new Map<string, Seen>()
  /** Ids of the latest calls by signature. */
  private readonly newest = new Map<string, string>()
  /** Consecutive steps whose calls all had invalid JSON. */
  brokenInARow = 0

  constructor(private readonly policy: Policy) {}

  /** Consecutive steps that only repeat calls. */
  repeatedInARow = 0

  /** Counts a step after all its calls were checked. */
  endStep({ allBroken, allRepeated }: { allBroken: boolean; allRepeated: boolean }): void {
    this.brokenInARow = allBroken ? this.brokenInARow + 1 : 0
    this.repeatedInARow = allRepeated ? this.repeatedInARow + 1 : 0
  }

  /** @param entries the tools offered to the model */
  check(call: Pick<ModelCall, 'name' | 'arguments'>, entries: readonly ToolEntry[]): CheckedCall {
    const entry =
      entries.find((each) => each.model.name === call.name) ?? entries.find((each) => each.name === call.name)
    const tool = entry?.name ?? serverToolNameSchema.parse(call.name)
    const args = parseArguments(call.arguments)
    if (!args) {
      const detail = msg('call-broken-json')
      return { kind: 'answer', tool, arguments: {}, status: 'error', detail, advice: USE_JSON, broken: true }
    }
    if (call.name === MORE_TOOLS && !entry) return answer(tool, args, 'ok', msg('more-tools-added'))
    const decision = this.policy.decide(tool, args, entry?.annotations, entry?.server)
    // The policy decides about known tools, even if the server lacks them.
    if (decision.kind === 'denied' && (entry || isKnown(tool))) return answer(tool, args, 'denied', decision.reason)
    if (!entry) return answer(tool, args, 'error', missingTool(tool, entries), this.tools(tool, entries))
    const own = withDefaults(tool, args, entry.server)
    const signature = signatureOf(tool, own)
    const { times = 0, isCurrent = false } = this.seen.get(signature) ?? {}
    if (isCurrent) return { ...answer(tool, own, 'error', msg('call-repeated'), USE_RESULT), repeated: true }
    if (times >= MAX_SAME)
      return { ...answer(tool, own, 'error', msg('call-too-often', { count: MAX_SAME }), NARROW), repeated: true }
    this.seen.set(signature, { times: times + 1, isCurrent: true })
    if (decision.kind !== 'write' && decision.kind !== 'plan') return { kind: 'run', tool, arguments: own }
    return {
      kind: decision.kind === 'plan' ? 'plan' : 'ask',
      tool,
      ...(entry.server && { server: entry.server }),
      arguments: own,
    }
  }

  /** Assigns an id to the checked call: see `shortened`. */
  numbered(toolCallId: string, checked: CheckedCall): void {
    if (checked.kind === 'run') this.newest.set(signatureOf(checked.tool, checked.arguments), toolCallId)
  }

  /** The model no longer sees these results in full, so it may repeat their calls. */
  shortened(toolCallIds: ReadonlySet<string>): void {
    for (const [signature, id] of this.newest) if (toolCallIds.has(id)) this.mayRunAgain(signature)
  }

  /** After a write, the same write is refused, and earlier reads may be repeated. */
  remember(tool: ServerToolName, args: Record<string, unknown>): void {
    for (const signature of this.newest.keys()) this.mayRunAgain(signature)
    this.seen.set(signatureOf(tool, args), { times: 1, isCurrent: true })
  }

  private mayRunAgain(signature: string): void {
    const seen = this.seen.get(signature)
    if (seen) seen.isCurrent = false
    this.newest.delete(signature)
  }

  /** Lists the tools for the model. */
  private tools(tool: ServerToolName, entries: readonly ToolEntry[]): string {
    const offered = entries.filter((entry) => this.policy.isOffered(entry.name, entry.annotations, entry.server))
    const names = offered.map((entry) => entry.model.name)
    const instead: string | undefined = knownTool(tool)?.replacedBy
    return toolsAre(
      names,
      instead !== undefined && names.some((name) => name === instead)
        ? instead
        : nearestTool(
            tool,
            offered.map((entry) => entry.model),
          ),
    )
  }
}

function missingTool(name: string, entries: readonly ToolEntry[]): Message {
  const missing = missingVerb(name, new Set(entries.map((entry) => entry.name)))
  return missing ?? msg('call-unknown-tool', { name: sanitizeText(name).slice(0, 80) })
}

function signatureOf(tool: ServerToolName, args: Record<string, unknown>): string {
  return `${tool} ${canonicalJson(args)}`
}

function answer(
  tool: ServerToolName,
  args: Record<string, unknown>,
  status: ToolStatus,
  detail: Message,
  advice?: string,
): Extract<CheckedCall, { kind: 'answer' }> {
  return { kind: 'answer', tool, arguments: args, status, detail, ...(advice !== undefined && { advice }) }
}

/** Null means "not given": Ollama's template prints every property as required, and servers refuse null. */
function parseArguments(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return {}
  try {
    const args = objectSchema.nullable().safeParse(JSON.parse(text)).data
    return args === undefined ? undefined : Object.fromEntries(Object.entries(args ?? {}).filter(([, v]) => v !== null))
  } catch {
    return undefined
  }
}
