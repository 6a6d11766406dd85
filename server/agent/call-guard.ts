/** What is refused before a call reaches the tools: broken JSON, unknown names, repetitions, and what policy forbids. */
import { z } from 'zod'
import type { ToolStatus } from '#shared/result'
import { sanitizeText } from '../results'
import { knownTool } from '../mcp/servers'
import type { ServerId } from '../mcp/servers'
import type { ToolEntry } from '../mcp/toolbox/types'
import { isKnown, withDefaults } from './policy'
import type { Policy } from './policy'
import { missingVerb } from './missing-verbs'
import { canonicalJson } from '#shared/text/canonical-json'
import { NARROW, toolsAre, USE_JSON, USE_RESULT } from './model-texts'
import type { ModelCall } from '../model/types'

export type CheckedCall =
  | { kind: 'run'; name: string; arguments: Record<string, unknown> }
  /** It changes the cluster: a person decides. */
  | { kind: 'ask'; name: string; server?: ServerId; arguments: Record<string, unknown> }
  | {
      kind: 'answer'
      name: string
      arguments: Record<string, unknown>
      status: ToolStatus
      text: string
      /** The arguments were no JSON object. */
      broken?: true
    }

const objectSchema = z.record(z.string(), z.unknown())

/** How often the same read may run in a turn, if its earlier results are not there any more. */
const MAX_SAME = 3

interface Seen {
  times: number
  /** The result of the last time still stands in full before the model, and is still true. */
  isCurrent: boolean
}

/** One for each turn: it remembers what was asked already. */
export class CallGuard {
  private readonly seen = new Map<string, Seen>()
  /** Ids of the newest calls by their signatures. */
  private readonly newest = new Map<string, string>()
  /** Steps in a row of whose calls none had arguments in JSON. */
  brokenInARow = 0

  constructor(private readonly policy: Policy) {}

  /** Counts a step, after all its calls were checked. */
  endStep(allBroken: boolean): void {
    this.brokenInARow = allBroken ? this.brokenInARow + 1 : 0
  }

  /**
   * @param entries the tools that the model may call
   */
  check(call: Pick<ModelCall, 'name' | 'arguments'>, entries: readonly ToolEntry[]): CheckedCall {
    const args = parseArguments(call.arguments)
    if (!args) {
      return { kind: 'answer', name: call.name, arguments: {}, status: 'error', text: BROKEN_JSON, broken: true }
    }
    const entry =
      entries.find((each) => each.model.name === call.name) ?? entries.find((each) => each.name === call.name)
    const name = entry?.name ?? call.name
    const decision = this.policy.decide(name, args, entry?.annotations, entry?.server)
    // A tool that policy knows is answered by policy, whether the server has it or not.
    if (decision.kind === 'denied' && (entry || isKnown(name))) return answer(name, args, 'denied', decision.reason)
    if (!entry) return answer(name, args, 'error', this.unknownTool(call.name, entries))
    const own = withDefaults(name, args, entry.server)
    const signature = signatureOf(name, own)
    const { times = 0, isCurrent = false } = this.seen.get(signature) ?? {}
    if (isCurrent) return answer(name, own, 'error', REPEATED)
    if (times >= MAX_SAME) return answer(name, own, 'error', TOO_OFTEN)
    this.seen.set(signature, { times: times + 1, isCurrent: true })
    if (decision.kind !== 'write') return { kind: 'run', name, arguments: own }
    return { kind: 'ask', name, ...(entry.server && { server: entry.server }), arguments: own }
  }

  /** The call that was checked got this id: see `shortened`. */
  numbered(toolCallId: string, checked: CheckedCall): void {
    if (checked.kind === 'run') this.newest.set(signatureOf(checked.name, checked.arguments), toolCallId)
  }

  /** The model no longer sees these results in full and was told to call again: then it may. */
  shortened(toolCallIds: ReadonlySet<string>): void {
    for (const [signature, id] of this.newest) if (toolCallIds.has(id)) this.mayRunAgain(signature)
  }

  /** A write ran: the same again is refused, and what was read before it may be read again. */
  remember(name: string, args: Record<string, unknown>): void {
    for (const signature of this.newest.keys()) this.mayRunAgain(signature)
    this.seen.set(signatureOf(name, args), { times: 1, isCurrent: true })
  }

  private mayRunAgain(signature: string): void {
    const seen = this.seen.get(signature)
    if (seen) seen.isCurrent = false
    this.newest.delete(signature)
  }

  private unknownTool(name: string, entries: readonly ToolEntry[]): string {
    const names = entries
      .filter((entry) => this.policy.isOffered(entry.name, entry.annotations, entry.server))
      .map((entry) => entry.model.name)
    const missing = missingVerb(name, new Set(entries.map((entry) => entry.name)))
    if (missing) return `${missing} The tools are: ${names.join(', ')}.`
    const instead = knownTool(name)?.replacedBy
    const hint = instead !== undefined && names.includes(instead) ? ` Call ${instead} instead.` : ''
    return `There is no tool named "${sanitizeText(name).slice(0, 80)}".${hint} The tools are: ${names.join(', ')}.`
  }
}

const BROKEN_JSON =
  'The arguments of this call were not valid JSON, so it was not run. Call the tool again with one flat JSON object.'
const REPEATED =
  'This call was made already in this turn with the same arguments, and its result stands above. Use that result, or call with other arguments, or answer.'
const TOO_OFTEN = `This call was made ${MAX_SAME} times already in this turn. Call with narrower arguments, or answer with what you have, and say what is missing.`

function signatureOf(name: string, args: Record<string, unknown>): string {
  return `${name} ${canonicalJson(args)}`
}

function answer(name: string, args: Record<string, unknown>, status: ToolStatus, text: string): CheckedCall {
  return { kind: 'answer', name, arguments: args, status, text }
}

function parseArguments(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return {}
  try {
    return objectSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
