/** A model that plays the steps of a task, and answers requests that only read ahead with one token. */
import { answer, startReplayServer } from '../../tests/support/ollama'
import type { ReplayServer } from '../../tests/support/ollama'
import type { Recorded } from './cache'

/** One answer of the model: a call, or the text that ends the turn. */
export type Step = { call: string; args: Record<string, unknown> } | { text: string }

/** About 55 tokens, as much as gpt-oss thinks before a simple call. */
const REASONING =
  'The user wants to know about the cluster. We must look with a tool before we say anything. The tool that fits takes a kind and perhaps a namespace. The page shows the table itself, so afterwards we only say in a few sentences what it means and what stands out.'

export interface ScriptedModel {
  url: string
  /** Plays these steps for the next requests. */
  play: (steps: readonly Step[]) => void
  /** All chat requests so far, in order. */
  recorded: () => Recorded[]
  close: () => Promise<void>
}

/** @param windowTokens the context window that the server reports */
export async function startScriptedModel(windowTokens: number): Promise<ScriptedModel> {
  const replay: ReplayServer = await startReplayServer({ contextLength: windowTokens, loaded: true })
  const steps: Step[] = []
  const recorded: Recorded[] = []
  replay.onRequest((request) => {
    const isAhead = request.max_tokens === 1
    const step: Step = isAhead ? { text: 'I' } : (steps.shift() ?? { text: 'There is no step left.' })
    recorded.push({ request, written: isAhead ? '' : inHarmony(step), isAhead })
    if (isAhead) return answer.text('I').finish('length')
    const thought = answer.reasoning(REASONING)
    return 'call' in step ? thought.toolCall(step.call, step.args) : thought.text(step.text)
  })
  return {
    url: replay.url,
    play: (next) => void steps.push(...next),
    recorded: () => [...recorded],
    close: replay.close,
  }
}

/** What the model writes after the prompt's last mark. */
function inHarmony(step: Step): string {
  const thought = `<|channel|>analysis<|message|>${REASONING}<|end|><|start|>assistant`
  return 'call' in step
    ? `${thought}<|channel|>commentary to=functions.${step.call} <|constrain|>json<|message|>${JSON.stringify(step.args)}<|call|>`
    : `${thought}<|channel|>final<|message|>${step.text}<|end|>`
}
