import { describe, expect, it } from 'vitest'
import { coerceArguments } from '../../../../mcp/changes/coerce'
import { KubeError } from '../../../../mcp/kubernetes/errors/errors'

const PROPERTIES = {
  kind: { type: 'string' },
  name: { type: 'string' },
  replicas: { type: 'integer', minimum: 0, maximum: 1000 },
  ratio: { type: 'number' },
  force: { type: 'boolean' },
  action: { type: 'string', enum: ['restart', 'undo', 'pause'] },
  manifest: { type: ['string', 'object'] },
  patch: { type: 'object' },
  labels: { type: 'object', additionalProperties: { type: 'string' } },
  limits: { type: 'object', properties: { cpu: { type: 'string' } }, additionalProperties: false },
  env: { type: 'array', items: { type: 'string' } },
  anything: {},
}

const coerced = (raw: unknown) => coerceArguments(raw, PROPERTIES)

function refused(raw: unknown, required: string[] = []): KubeError {
  try {
    coerceArguments(raw, PROPERTIES, required)
  } catch (error) {
    if (error instanceof KubeError) return error
    throw error
  }
  throw new Error(`it was accepted: ${JSON.stringify(raw)}`)
}

describe('coerceArguments', () => {
  it('reads a number that was sent as a text (writes-5)', () => {
    expect(coerced({ replicas: '2' })).toEqual({ replicas: 2 })
    expect(coerced({ replicas: ' 2.0 ', ratio: '-0.5' })).toEqual({ replicas: 2, ratio: -0.5 })
  })

  it.each([
    [{ force: 'true' }, { force: true }],
    [{ force: 'No' }, { force: false }],
    [{ force: 1 }, { force: true }],
    [{ name: 5 }, { name: '5' }],
    [{ name: ['web'] }, { name: 'web' }],
    [{ action: 'Restart' }, { action: 'restart' }],
    [{ patch: '{"spec": {"replicas": null}}' }, { patch: { spec: { replicas: null } } }],
    [{ labels: { a: 1, b: true, c: null } }, { labels: { a: '1', b: 'true', c: null } }],
    [{ env: 'A=b' }, { env: ['A=b'] }],
    [{ env: '["A=b", 5]' }, { env: ['A=b', '5'] }],
    [{ manifest: 'kind: Pod' }, { manifest: 'kind: Pod' }],
    [{ manifest: { kind: 'Pod' } }, { manifest: { kind: 'Pod' } }],
    [{ anything: [1, { a: null }] }, { anything: [1, { a: null }] }],
    [
      { Name: 'web', FORCE: true },
      { name: 'web', force: true },
    ],
    ['{"replicas": "3"}', { replicas: 3 }],
  ])('reads %j as %j', (raw, expected) => {
    expect(coerced(raw)).toEqual(expected)
  })

  it.each([null, undefined, '', {}, { name: null }, { name: '', replicas: 'null', force: 'none', patch: '' }])(
    'drops absent values: %j',
    (raw) => {
      expect(coerced(raw)).toEqual({})
    },
  )

  it('refuses an object in the place of a text (writes-31)', () => {
    expect(refused({ kind: { toString: 'x' } }).message).toBe('The argument kind must be a text.')
  })

  it.each([
    [{ name: { toString: null, valueOf: 5 } }, 'The argument name must be a text.'],
    [{ name: ['a', 'b'] }, 'The argument name must be a text.'],
    [{ replicas: { valueOf: 2 } }, 'The argument replicas must be a whole number.'],
    [{ replicas: 'two' }, 'The argument replicas must be a whole number.'],
    [{ replicas: 1.5 }, 'The argument replicas must be a whole number.'],
    [{ replicas: true }, 'The argument replicas must be a whole number.'],
    [{ replicas: '9007199254740993' }, 'The argument replicas must be a whole number.'],
    [{ replicas: '-1' }, 'The argument replicas must be between 0 and 1000.'],
    [{ ratio: '1e3' }, 'The argument ratio must be a number.'],
    [{ force: 'perhaps' }, 'The argument force must be true or false.'],
    [{ force: 2 }, 'The argument force must be true or false.'],
    [{ action: 'stop' }, 'The argument action must be one of: restart, undo, pause.'],
    [{ patch: '[1]' }, 'The argument patch must be a JSON object.'],
    [{ patch: 'a: b' }, 'The argument patch must be a JSON object.'],
    [{ manifest: [1] }, 'The argument manifest must be a text or a JSON object.'],
    [{ labels: { a: {} } }, 'The argument labels.a must be a text.'],
    [{ limits: { gpu: '1' } }, 'The argument limits has no field gpu. It has: cpu.'],
    [{ env: { a: 'b' } }, 'The argument env must be a list.'],
    [{ name: 'a', Name: 'b' }, 'The argument name is there twice. Keep one.'],
    [[1], 'The arguments must be one JSON object.'],
    ['scale web', 'The arguments must be one JSON object.'],
    [5, 'The arguments must be one JSON object.'],
  ])('refuses %j', (raw, message) => {
    const error = refused(raw)
    expect(error).toMatchObject({ code: 'invalid-arguments', message })
  })

  it.each(['toString', 'constructor', 'hasOwnProperty', 'x'.repeat(10_000)])('has no argument %.20s', (name) => {
    const error = refused({ [name]: 'x' })
    expect(error.message).toMatch(/^There is no argument .+ The arguments are: kind, name, /)
    expect(error.message.length).toBeLessThan(300)
  })

  it('names a required argument that is missing', () => {
    expect(refused({ name: null }, ['name'])).toMatchObject({
      message: 'The argument name is missing.',
      params: { argument: 'name' },
    })
  })

  it('knows other names of an argument', () => {
    const aliases = { resource: 'kind' }
    expect(coerceArguments({ Resource: 'pods' }, PROPERTIES, [], { aliases })).toEqual({ kind: 'pods' })
  })

  it('refuses arguments that are too deep, too long, or would change a prototype', () => {
    const deep = JSON.parse(`{"patch": ${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`) as unknown
    expect(refused(deep).message).toBe('The arguments are nested more than 64 levels deep.')
    expect(refused({ patch: '{"a":'.repeat(70) + '1' + '}'.repeat(70) }).code).toBe('invalid-arguments')
    expect(refused({ name: 'x'.repeat(128 * 1024 + 1) }).message).toMatch(/longer than 128 KiB/)
    expect(refused(JSON.parse('{"patch": {"__proto__": {"a": 1}}}')).code).toBe('invalid-arguments')
  })
})
