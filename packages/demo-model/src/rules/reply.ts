/** The result of a rule: calls to make, or the answer. */
import type { Phrases } from '../phrases/phrases'
import type { Action, Call } from '../tools/candidates'
import type { Toolset } from '../tools/toolset'
import type { Turn } from '../question/turn'

export interface Reply {
  /** What the rules do, as shown to the user. */
  reasoning: string
  text: string
  calls: Call[]
}

export interface RuleContext {
  turn: Turn
  /** Why changes have no tool; may be empty. */
  whyMissing: string
  toolset: Toolset
  phrases: Phrases
}

/** Calls for the actions; an explanation if no offered tool supports any. */
export function ask({ toolset, phrases }: RuleContext, actions: Action[]): Reply {
  const calls = actions.flatMap((action) => toolset.call(action) ?? [])
  const first = actions[0]
  if (calls.length === 0 && first) return say(phrases, phrases.noTool(whatFor(first)))
  const names = [...new Set(calls.map(({ name }) => `${name}`))].join(', ')
  return { reasoning: phrases.willCall(names), text: '', calls }
}

/** The first call whose tool is offered. */
export function call({ toolset, phrases }: RuleContext, candidates: Call[]): Reply {
  const chosen = toolset.pick(candidates)
  return { reasoning: phrases.willCall(chosen?.name ?? ''), text: '', calls: chosen ? [chosen] : [] }
}

export function say(phrases: Phrases, text: string): Reply {
  return { reasoning: phrases.willAnswer, text: `${text}\n\n${phrases.signature}`, calls: [] }
}

function whatFor(action: Action): string {
  switch (action.do) {
    case 'list':
      return `list ${action.kind}`
    case 'describe':
      return 'describe pods'
    case 'logs':
      return 'read logs'
    case 'view':
      return `read the ${action.view.replace('-', ' ')} of objects of the kind ${action.kind}`
    case 'top':
      return `measure ${action.kind}`
  }
}
