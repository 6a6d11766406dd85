/** Answers of the two real MCP servers, as a client received them; `present` hands one to the code under test. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { presentResultNow } from '../../../server/results'
import type { PresentedResult, PresentRequest } from '../../../server/results/types'

const fixtureSchema = z.object({
  tool: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  result: z.object({
    /** Words of a McpError that the client threw. */
    thrown: z.string().optional(),
    isError: z.boolean().default(false),
    content: z.array(z.object({ text: z.string() })).default([]),
    structuredContent: z.unknown().optional(),
  }),
})

export function loadFixture(name: string): Omit<PresentRequest, 'maxTokens'> {
  const text = readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')
  const { tool, arguments: args, result } = fixtureSchema.parse(JSON.parse(text))
  const texts = result.thrown === undefined ? result.content.map((block) => block.text) : [result.thrown]
  const isError = result.isError || result.thrown !== undefined
  return { tool, arguments: args, raw: { isError, texts, structuredContent: result.structuredContent } }
}

export function present(name: string, maxTokens = 2700): PresentedResult {
  return presentResultNow({ ...loadFixture(name), maxTokens })
}

/** The result of a tool that answered with this text. */
export function presentText(
  tool: string,
  text: string,
  {
    args = {},
    maxTokens = 2700,
    isError = false,
  }: { args?: Record<string, unknown>; maxTokens?: number; isError?: boolean } = {},
): PresentedResult {
  return presentResultNow({ tool, arguments: args, raw: { isError, texts: [text] }, maxTokens })
}

/** The table of a result; fails the test when there is none. */
export function tableOf(result: PresentedResult): { columns: string[]; rows: string[][] } {
  if (result.forPerson.kind !== 'table')
    throw new Error(`no table but ${JSON.stringify(result.forPerson).slice(0, 200)}`)
  return result.forPerson
}

/** The text of a result that is not a table; fails the test otherwise. */
export function textOf(result: PresentedResult): string {
  if (!('text' in result.forPerson)) throw new Error(`a ${result.forPerson.kind}`)
  return result.forPerson.text
}
