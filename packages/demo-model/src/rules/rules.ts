/** The rule-based model: decides by the words of the question, the offered tools and the results so far. */
import { diagnoseRule } from './diagnose-rule'
import { listRule } from './list-rule'
import { podRule } from './pod-rule'
import { languageOf } from '../question/language'
import { POD_OWNERS, readIntent } from '../question/question'
import type { Intent } from '../question/intent'
import { say } from './reply'
import type { Reply, RuleContext } from './reply'
import type { ChatRequest } from '../ollama/request'
import { phrases as allPhrases } from '../phrases/phrases'
import { Toolset } from '../tools/toolset'
import { topRule } from './top-rule'
import { earlierTurns, readTurn, readWhyMissing } from '../question/turn'
import { conversationAfter } from '../question/conversation'
import { objectRule } from './object-rule'
import { writeRule } from './write-rule'

const MAX_QUOTE = 120

export function decide(request: ChatRequest): Reply {
  const turn = readTurn(request)
  const phrases = allPhrases[languageOf(turn.question)]
  const context = { turn, phrases, whyMissing: readWhyMissing(request), toolset: new Toolset(request.tools) }
  const reply = apply(context, readIntent(turn.question, conversationAfter(earlierTurns(request), readIntent)))
  return { ...reply, reasoning: `${phrases.thinking(turn.question.slice(0, MAX_QUOTE))} ${reply.reasoning}` }
}

function apply(context: RuleContext, intent: Intent): Reply {
  switch (intent.type) {
    case 'list':
      return listRule(context, intent)
    case 'describe':
    case 'logs':
      return podRule(context, intent)
    case 'object':
      return isOfPod(context, intent) ? podRule(context, podIntent(intent)) : objectRule(context, intent)
    case 'top':
      return topRule(context, intent)
    case 'diagnose':
      return diagnoseRule(context, intent)
    case 'write':
      return writeRule(context, intent.write)
    case 'help':
      return say(context.phrases, context.phrases.help)
  }
}

type ObjectIntent = Extract<Intent, { type: 'object' }>

/** Other servers do not find the namespace of a workload: its pod is found in a list. */
function isOfPod({ toolset }: RuleContext, { view, kind, namespace }: ObjectIntent): boolean {
  return !toolset.hasOwnReads && view === 'describe' && namespace === undefined && POD_OWNERS.has(kind)
}

function podIntent({ name }: ObjectIntent): Extract<Intent, { type: 'describe' }> {
  return { type: 'describe', pod: { text: name, whole: false } }
}
