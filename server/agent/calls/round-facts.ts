/** What the calls of a step say about the answer that follows. */
import { knownTool } from '../../mcp/servers'
import type { CheckedCall } from './call-guard'

export interface RoundFacts {
  /** A result, or a refusal that says why there is none: an answer may rest on it. */
  hasLooked: boolean
  /** A tool that changes something was called, or one that no server has. */
  hasTriedChange: boolean
}

/** Refusals that say nothing about the cluster or its tools. */
const MISTAKES = new Set([
  'call-broken-json',
  'call-unknown-tool',
  'call-unreadable',
  'call-too-many',
  'no-more-calls',
  'more-tools-added',
])

export function factsOf(calls: readonly CheckedCall[]): RoundFacts {
  return {
    hasLooked: calls.some((call) => call.kind !== 'answer' || !MISTAKES.has(call.detail.code)),
    hasTriedChange: calls.some(({ kind, tool }) => kind !== 'run' && knownTool(tool)?.effect !== 'read'),
  }
}
