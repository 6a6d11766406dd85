import { afterEach, describe, expect, it } from 'vitest'
import { kubectlExplain } from '../../../../mcp/tools/explain'
import type { ToolArguments } from '../../../../mcp/tools/tool'
import { discovered, discovery, startApi } from '../../../support/kube/api-server'
import type { ApiAnswer, ApiRequest, TestApi } from '../../../support/kube/api-server'

let api: TestApi | undefined
afterEach(async () => {
  await api?.close()
  api = undefined
})

const ref = (name: string) => ({ $ref: `#/components/schemas/io.example.v1.${name}` })

const SCHEMAS = {
  'io.example.v1.Widget': {
    description: 'Widget turns.',
    type: 'object',
    required: ['spec'],
    properties: {
      kind: { type: 'string', description: 'The kind. More info: https://example.com/kinds' },
      spec: { description: 'What is wanted.', default: {}, allOf: [ref('WidgetSpec')] },
    },
    'x-kubernetes-group-version-kind': [{ group: 'example.com', version: 'v1', kind: 'Widget' }],
  },
  'io.example.v1.WidgetSpec': {
    type: 'object',
    required: ['parts'],
    properties: {
      replicas: { type: 'integer', format: 'int32', default: 1, description: 'How many. Zero is possible.' },
      mode: {
        type: 'string',
        enum: ['Fast', 'Safe'],
        description: 'How.\n\nPossible enum values:\n - `"Fast"` quickly',
      },
      port: { 'x-kubernetes-int-or-string': true },
      limits: { type: 'object', additionalProperties: ref('Amount') },
      parts: {
        type: 'array',
        items: ref('Part'),
        description: `The parts. ${'Much is known about them. '.repeat(40)}`,
      },
      open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    },
  },
  'io.example.v1.Amount': { description: 'A quantity.', type: 'string' },
  // A type that contains itself.
  'io.example.v1.Part': {
    type: 'object',
    properties: { image: { type: 'string' }, parts: { type: 'array', items: ref('Part') } },
  },
}

function answer({ path }: ApiRequest): ApiAnswer | undefined {
  if (path === '/api') return discovery([])
  if (path === '/apis')
    return discovery([
      { group: 'example.com', version: 'v1', resources: [discovered('widgets', 'Widget', { shortNames: ['wd'] })] },
      { group: 'other.example.com', version: 'v1', resources: [discovered('gadgets', 'Gadget')] },
    ])
  if (path === '/openapi/v3') return { body: { paths: { 'apis/example.com/v1': {} } } }
  if (path === '/openapi/v3/apis/example.com/v1')
    return { body: { openapi: '3.0.0', paths: {}, components: { schemas: SCHEMAS } } }
  return undefined
}

async function run(args: ToolArguments): Promise<string> {
  api ??= await startApi(answer)
  cluster ??= api.cluster()
  const result = await kubectlExplain.run(args, { cluster, signal: AbortSignal.timeout(15_000), now: Date.now })
  if (result.kind !== 'text') throw new Error(result.kind)
  return result.text
}

let cluster: ReturnType<TestApi['cluster']> | undefined
afterEach(() => {
  cluster = undefined
})

describe('kubectl_explain', () => {
  it('lists the fields of a kind, required ones first', async () => {
    expect(await run({ resource: 'wd' })).toBe(
      [
        'Widget (example.com/v1) <object>',
        'Widget turns.',
        'Fields:',
        '  spec <WidgetSpec> required: What is wanted.',
        '  kind <string>: The kind.',
      ].join('\n'),
    )
  })

  it('follows a path through references and lists, with types, enums and whole sentences', async () => {
    const text = await run({ resource: 'widget', field: 'spec' })
    expect(text).toContain('  parts <[]Part> required: The parts. Much is known about them.')
    expect(text).toContain('  mode <"Fast"|"Safe">: How.\n')
    expect(text).toContain('  port <integer or string>\n')
    expect(text).toContain('  limits <map[string]Amount>')
    expect(text.length).toBeLessThan(700)
    expect(await run({ resource: 'widget', field: '.spec.parts[0].parts.image' })).toBe(
      'Widget (example.com/v1) spec.parts.parts.image <string>',
    )
  })

  it('takes a path in the resource, one that begins with the kind, and other capitals', async () => {
    const text = 'Widget (example.com/v1) spec.replicas <integer>\nHow many. Zero is possible.\nDefault: 1'
    expect(await run({ resource: 'widgets.spec.replicas' })).toBe(text)
    expect(await run({ resource: 'widgets', field: 'widget.Spec.Replicas' })).toBe(text)
  })

  it('says that a kind accepts any field', async () => {
    expect(await run({ resource: 'wd', field: 'spec.open' })).toContain('accepts any')
  })

  it('suggests similar fields, and paths of fields with that name', async () => {
    const missing = (field: string) => run({ resource: 'wd', field }).catch((error: unknown) => String(error))
    expect(await missing('spec.replica')).toContain('Widget spec has no field replica. Near names: replicas.')
    expect(await missing('image')).toContain('Near paths: spec.parts.image.')
    expect(await missing('zzzzzz')).toContain('It has: kind, spec.')
  })

  it('reads a document once', async () => {
    await run({ resource: 'wd' })
    await run({ resource: 'wd', field: 'spec' })
    expect(api?.requests.filter(({ path }) => path.startsWith('/openapi'))).toHaveLength(1)
  })

  it('reports a group that is not described', async () => {
    await expect(run({ resource: 'gadgets' })).rejects.toMatchObject({ code: 'not-available' })
  })
})
