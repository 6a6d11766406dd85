/**
 * Estimates the tokens of messages and tools in o200k, as gpt-oss' template prints them. Other models are corrected by
 * what their server counts: see meter.ts.
 */
import { oncePer } from '#shared/once-per'
import { estimateTokens } from '#shared/results/tokens'
import { fenced, withoutMarks } from '../../model/fence'
import type { ModelMessage, ModelTool } from '../../model/types'

/** Marks of the template around a message, by what it holds. */
const TEXT_MARKS = 6
const RESULT_MARKS = 9
const CALL_MARKS = 12
/** The template's own system message, with the date, and the frame around tools and instructions. */
const TEMPLATE = 95
/** A tool's signature and each of its arguments, beside names and descriptions. */
const SIGNATURE = 10
const ARGUMENT = 5

/**
 * The tokens of a message without the reasoning, which the template prints for the current turn only. Messages do not
 * change, and the same ones are counted at each step.
 */
export const estimateMessage = oncePer(messageTokens)

export function estimateReasoning(message: ModelMessage): number {
  const text = message.role === 'assistant' ? (message.reasoning ?? '') : ''
  return text === '' ? 0 : TEXT_MARKS + estimateTokens(text)
}

function messageTokens(message: ModelMessage): number {
  switch (message.role) {
    case 'system':
    case 'user':
      return TEXT_MARKS + estimateTokens(message.content)
    case 'tool': {
      const { content, toolCallId, name } = message
      return (
        RESULT_MARKS +
        estimateTokens(name) +
        estimateTokens(fenced('', toolCallId, name)) +
        estimateTokens(withoutMarks(content))
      )
    }
    case 'assistant': {
      const text = message.content === '' ? 0 : TEXT_MARKS + estimateTokens(message.content)
      const calls = (message.toolCalls ?? []).map(
        (call) => CALL_MARKS + estimateTokens(call.name) + estimateTokens(call.arguments),
      )
      return calls.reduce((sum, tokens) => sum + tokens, text)
    }
  }
}

/** The tokens that come before the history: the template's own text, the instruction and the tools. */
export function estimateBeginning(system: string, tools: readonly ModelTool[]): number {
  if (system !== instruction.text) instruction = { text: system, tokens: estimateTokens(system) }
  return TEMPLATE + instruction.tokens + estimateTools(tools)
}

/** The last one: it changes with the cluster and the rights, so rarely between two questions. */
let instruction = { text: '', tokens: 0 }

export function estimateTools(tools: readonly ModelTool[]): number {
  return tools.reduce((sum, tool) => sum + toolTokens(tool), 0)
}

/** Tools rarely change, so each is estimated once. */
const toolTokens = oncePer(({ name, description, parameters }: ModelTool): number => {
  let tokens = SIGNATURE + estimateTokens(name) + estimateTokens(description)
  for (const [argument, { description: about }] of Object.entries(parameters.properties))
    tokens += ARGUMENT + estimateTokens(argument) + (typeof about === 'string' ? 2 + estimateTokens(about) : 0)
  return tokens
})
