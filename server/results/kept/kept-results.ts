/** The large results of one conversation, which the model may look into again with `find`. */
import { msg } from '#shared/messages/create'
import { localized } from '#shared/messages/message'
import type { Message } from '#shared/messages/message'
import type { ResultPart, ToolStatus } from '#shared/result'
import type { PresentedResult } from '../types'
import { findLines } from './find-lines'
import { findRows } from './find-rows'
import { findArgumentsSchema } from './find-arguments'
import type { Place, ResultMemory } from './memory'

/** Tokens of the line that tells the model the id. */
export const FIND_LINE_TOKENS = 24

/** A call's result as model and person see it. */
interface ShownResult extends Omit<PresentedResult, 'status'> {
  status: ToolStatus
}

export interface KeptResults {
  /**
   * Keeps a result if the model sees only a part.
   * @param id of the call
   * @returns the result, whose text for the model then ends with the id
   */
  keep: <T extends ShownResult>(id: string, result: T) => Promise<T>
  /** Looks into a kept result. Never throws. */
  find: (args: Record<string, unknown>, maxTokens: number) => Promise<PresentedResult>
}

/** @param place whose results: others can neither be read nor seen to exist */
export function keptResults(memory: ResultMemory, place: Place): KeptResults {
  return {
    keep: async (id, result) => {
      if (!isPartly(result)) return result
      await memory.put(place, id, result.forPerson)
      return { ...result, forModel: `${result.forModel}\n… All of it: find {"id":"${id}"}` }
    },
    find: async (args, maxTokens) => {
      const parsed = findArgumentsSchema.safeParse(args)
      if (!parsed.success) return problem(msg('find-no-id'))
      const { id } = parsed.data
      const part = await memory.get(place, id)
      if (!part) return problem(msg('find-gone', { id: id.slice(0, 40) }))
      const found = look(part, parsed.data, maxTokens)
      if ('problem' in found) return problem(found.problem)
      return { status: 'ok', forModel: found.text, forPerson: found.part }
    },
  }
}

function look(part: ResultPart, args: Parameters<typeof findRows>[1], maxTokens: number) {
  switch (part.kind) {
    case 'table':
      return findRows(part, args, maxTokens)
    case 'log':
    case 'yaml':
    case 'text':
    case 'object':
      return findLines(part, args, maxTokens)
    // All others are short, and read again.
    default:
      return { problem: msg('find-lines-only') }
  }
}

function problem(detail: Message): PresentedResult {
  return {
    status: 'error',
    forModel: detail.text,
    forPerson: { kind: 'text', text: detail.text, localized: localized(detail) },
  }
}

/** Whether rows or lines are missing from the model's text. Results of other kinds are read again instead. */
function isPartly({ status, forModel, forPerson }: ShownResult): boolean {
  if (status !== 'ok') return false
  const lines = countLines(forModel)
  switch (forPerson.kind) {
    case 'table':
      return rowsIn(forModel) < forPerson.rows.length
    case 'log':
    case 'yaml':
    case 'text':
      return countLines(forPerson.text) > lines || forPerson.text.length > forModel.length * 1.5
    case 'object':
      return forPerson.yaml !== undefined && countLines(forPerson.yaml) > lines
    default:
      return false
  }
}

/** Rows are written with tabs, after a heading; all else of the text has none. */
function rowsIn(text: string): number {
  const lines = text.split('\n')
  const tabbed = lines.filter((line) => line.includes('\t')).length
  return (tabbed > 0 ? tabbed : lines.length) - 1
}

function countLines(text: string): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
