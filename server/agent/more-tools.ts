/** The tool `more_tools`: adds the less used tools to a conversation, a group at a time. */
import { z } from 'zod'
import { modelToolNameSchema } from '#shared/tool-names'
import type { ModelMessage, ModelTool } from '../model/types'

export const MORE_TOOLS = modelToolNameSchema.parse('more_tools')

const argumentsSchema = z.object({ group: z.string() })

/** @param groups names of the tools by group */
export function moreTools(groups: ReadonlyMap<string, readonly string[]>): ModelTool {
  const listed = [...groups].map(([group, names]) => `${group} (${names.map(shortName).join(', ')})`)
  return {
    name: MORE_TOOLS,
    description: `Adds tools: ${listed.join('; ')}.`,
    parameters: {
      type: 'object',
      properties: { group: { type: 'string', enum: [...groups.keys()] } },
      required: ['group'],
    },
  }
}

function shortName(name: string): string {
  return name.replace(/^(?:kubectl|helm)_/, '')
}

/** The groups that the conversation's calls have added, in their order. */
export function addedGroups(history: readonly ModelMessage[]): string[] {
  const calls = history.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []))
  return [...new Set(calls.flatMap((call) => (call.name === MORE_TOOLS ? groupIn(call.arguments) : [])))]
}

/** @param text of the arguments, a JSON object */
function groupIn(text: string): string[] {
  const { data } = argumentsSchema.safeParse(JSON.parse(text))
  return data ? [data.group.trim().toLowerCase()] : []
}
