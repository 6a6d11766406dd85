/** What the schemas of our tools cost a model, counted with gpt-oss's own vocabulary. */
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { readTools } from '../../../../mcp/tools'
import { changeTools } from '../../../../mcp/tools/change-tools'

interface Schema {
  name: string
  description: string
  properties: Record<string, object>
  required?: string[]
}

/** In the form of OpenAI's API, as a server renders it into the prompt at the most. */
function tokens(tools: readonly Schema[]): number {
  const listed = tools.map(({ name, description, properties, required }) => ({
    type: 'function',
    function: { name, description, parameters: { type: 'object', properties, ...(required && { required }) } },
  }))
  return encode(listed.map((tool) => JSON.stringify(tool)).join('\n')).length
}

describe('the schemas of our tools', () => {
  it('cost at most 800 tokens for all that read, and 65 for what_changed', () => {
    const isChanged = ({ name }: Schema) => name === 'what_changed'
    expect(tokens(readTools.filter((tool) => !isChanged(tool)))).toBeLessThanOrEqual(800)
    expect(tokens(readTools.filter(isChanged))).toBeLessThanOrEqual(65)
  })

  it('cost at most 1,900 tokens with all that change', () => {
    const changes = changeTools({})
    const replaced = new Set(changes.map(({ name }) => name))
    expect(tokens([...readTools.filter(({ name }) => !replaced.has(name)), ...changes])).toBeLessThanOrEqual(1900)
  })
})
