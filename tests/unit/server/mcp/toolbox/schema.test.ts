import { describe, expect, it } from 'vitest'
import { flattenSchema, safeToolName, shortenTool } from '../../../../../server/mcp/toolbox/schema'
import { modelTool } from '../../../../support/brands'

describe('flattened schemas', () => {
  const flat = flattenSchema(
    {
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['pod', 'job'], description: 'What to read.' },
        tail: { type: ['integer', 'null'], default: 100, minimum: 0, description: 'Lines.' },
        labels: { type: 'array', items: { type: 'string' } },
        context: { type: 'string' },
        odd: true,
      },
      required: ['kind', 'context'],
      $defs: {},
    },
    new Set(['context']),
  )

  it('say enum, default and required in the description, which is all that gpt-oss is shown', () => {
    expect(flat.properties.kind?.description).toBe('What to read. One of: pod, job. Required.')
    expect(flat.properties.tail).toEqual({ type: 'integer', description: 'Lines. Default: 100.' })
  })

  it("keep only Ollama's keywords, and drop hidden arguments", () => {
    expect(Object.keys(flat.properties)).toEqual(['kind', 'tail', 'labels', 'odd'])
    expect(flat.required).toEqual(['kind'])
    expect(flat.properties.labels).toEqual({ type: 'array', items: { type: 'string' } })
  })

  it('bear a schema that is none', () => {
    expect(flattenSchema('nonsense', new Set())).toEqual({ type: 'object', properties: {} })
  })

  it('are shortened to the required and the everyday', () => {
    const short = shortenTool(
      { name: modelTool('x'), description: 'Reads logs. And much more.', parameters: flat },
      new Set(['tail']),
    )
    expect(short.description).toBe('Reads logs.')
    expect(Object.keys(short.parameters.properties)).toEqual(['kind', 'tail'])
  })
})

describe('tool names', () => {
  it('are made safe as gpt-oss would rewrite them, and stay apart', () => {
    expect(safeToolName('get-pods.all v2', new Set())).toBe('get_pods_all_v2')
    expect(safeToolName('7up', new Set())).toBe('_7up')
    expect(safeToolName('get-pods', new Set(['get_pods']))).toBe('get_pods_2')
  })
})
