import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { draftedTool } from '../../../../mcp/changes/change-tool'
import type { ChangeTool } from '../../../../mcp/changes/change-tool'
import { ClusterPool } from '../../../../mcp/protocol/clusters'
import type { WriteMode } from '../../../../mcp/protocol/change-call'
import { createProtocolServer } from '../../../../mcp/protocol/session'
import type { ReadTool } from '../../../../mcp/tools/tool'
import {
  CHANGE_META,
  changeOutcomeSchema,
  changePlanSchema,
  changeSplitSchema,
} from '../../../../shared/changes/change'
import { startConfigMapApi, type ConfigMapApi } from '../../../support/kube/config-map-api'
import { draftTool, patchOf } from '../../../support/mcp/draft-tool'

const REF = { kind: 'configmaps', name: 'c', namespace: 'shop' }
const change = draftedTool(draftTool(async (context) => [await patchOf(REF, { data: { a: '2' } }, context)]))
const deletion: ChangeTool = { ...change, name: 'kubectl_delete' }
/** As `kubectl_rollout`, which reads and writes. */
const both: ChangeTool = { ...change, name: 'both' }
const reads: ReadTool[] = ['reads', 'both'].map((name) => ({
  name,
  description: 'Reads',
  properties: {},
  run: async () => ({
    kind: 'text',
    text: 'read',
    coverage: { scope: 'cluster', shown: 0, complete: true, notes: [] },
  }),
}))

let api: ConfigMapApi
let client: Client | undefined

beforeEach(async () => {
  api = await startConfigMapApi()
})
afterEach(async () => {
  await client?.close()
  await api.close()
})

async function connect(mode: WriteMode | undefined): Promise<Client> {
  const cluster = api.cluster()
  const clusters = new ClusterPool(async () => ({ cluster, close: async () => undefined }), 0)
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const isChange = (_: string, raw: unknown) => z.object({ write: z.literal(true) }).safeParse(raw).success
  const changes = mode && { tools: [change, deletion, both], mode, allowWithoutDryRun: false, isChange }
  const { server } = createProtocolServer({
    ...{ clusters, tools: reads, acceptsCredentials: false, now: Date.now, log },
    ...(changes && { changes }),
  })
  const [own, other] = InMemoryTransport.createLinkedPair()
  client = new Client({ name: 'test', version: '1' })
  await Promise.all([server.connect(own), client.connect(other)])
  // So that the client checks what it gets.
  await client.listTools()
  return client
}

const textSchema = z.object({ content: z.array(z.object({ text: z.string() })) })

async function call(to: Client, name: string, args: Record<string, unknown>, phase?: unknown) {
  const meta = phase === undefined ? {} : { _meta: { [CHANGE_META]: phase } }
  const result = await to.callTool({ name, arguments: args, ...meta })
  const text = textSchema.parse(result).content[0]?.text ?? ''
  return { text, isError: result.isError === true, data: result.structuredContent }
}

describe('writing tools of a session', () => {
  it('are not there in a session that reads only', async () => {
    const to = await connect(undefined)
    const { tools } = await to.listTools()
    expect(tools.map(({ name }) => name)).toEqual(['reads', 'both'])
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true)
    await expect(call(to, 'test_change', {})).rejects.toThrow('There is no tool test_change')
  })

  it('are marked as writing, and as deleting', async () => {
    const { tools } = await (await connect('planned')).listTools()
    expect(
      tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint, annotations?.destructiveHint]),
    ).toEqual([
      ['reads', true, undefined],
      ['test_change', false, false],
      ['kubectl_delete', false, true],
      ['both', false, false],
    ])
  })

  it('answer a plan, and run it once it was approved', async () => {
    const to = await connect('planned')
    const shown = await call(to, 'test_change', {}, { phase: 'plan' })
    const plan = changePlanSchema.parse(shown.data)
    expect(shown.text).toMatch(/^Plan, nothing is changed yet: Change what the test says/)
    expect(shown.text).toContain('-  a: "1"\n+  a: "2"')
    expect(api.writes()).toEqual([])

    const { identity, digest } = plan
    const done = await call(to, 'test_change', plan.arguments, { phase: 'run', identity, digest })
    expect(changeOutcomeSchema.parse(done.data)).toMatchObject({ status: 'done', objects: [{ state: 'updated' }] })
    expect(done.text).toContain('ConfigMap c in shop: updated')
    expect(api.writes()).toHaveLength(1)
  })

  it('run nothing without a plan, unless the operator allows it', async () => {
    const refused = await call(await connect('planned'), 'test_change', {})
    expect(refused).toMatchObject({ isError: true, data: { code: 'not-planned' } })
    expect(refused.text).toContain('it needs a plan that a person approved')
    expect(api.writes()).toEqual([])
    await client?.close()

    const done = await call(await connect('direct'), 'test_change', {})
    expect(done).toMatchObject({ isError: false, data: { kind: 'outcome', status: 'done' } })
    expect(api.writes()).toHaveLength(1)
  })

  it('are planned and never run if nothing may be changed (writes-27)', async () => {
    const to = await connect('plan-only')
    const { tools } = await to.listTools()
    expect(tools.map(({ annotations }) => annotations)).toEqual(tools.map(() => ({ readOnlyHint: true })))
    const { identity, digest, ...plan } = changePlanSchema.parse(
      (await call(to, 'test_change', {}, { phase: 'plan' })).data,
    )
    expect(plan.command).toContain('kubectl patch configmap/c')

    const refused = await call(to, 'test_change', plan.arguments, { phase: 'run', identity, digest })
    expect(refused).toMatchObject({ isError: true, data: { code: 'read-only' } })
    expect(await call(to, 'test_change', {})).toMatchObject({ isError: true, data: { code: 'not-planned' } })
    expect(api.writes()).toEqual([])
  })

  it.each([{ phase: 'run' }, { phase: 'run', identity: {}, digest: 'd' }, { phase: 'rehearse' }, 'run', null])(
    'run nothing for a phase of %j',
    async (phase) => {
      const refused = await call(await connect('direct'), 'test_change', {}, phase)
      expect(refused).toMatchObject({ isError: true, data: { code: 'invalid-arguments' } })
      expect(api.writes()).toEqual([])
    },
  )

  it('split a request of several objects into calls', async () => {
    const to = await connect('planned')
    const { data } = await call(to, 'test_change', { calls: 3 }, { phase: 'plan' })
    const { calls } = changeSplitSchema.parse(data)
    expect(calls).toHaveLength(3)
    const identity = { server: 's', user: 'u', uid: 'x', uidOf: 'kube-system' }
    const refused = await call(to, 'test_change', { calls: 3 }, { phase: 'run', identity, digest: 'd' })
    expect(refused).toMatchObject({ isError: true, data: { kind: 'outcome', status: 'refused' } })
    expect(api.writes()).toEqual([])
  })

  it('answer a run on another cluster with an outcome that names what differs', async () => {
    const to = await connect('planned')
    const { identity, digest } = changePlanSchema.parse((await call(to, 'test_change', {}, { phase: 'plan' })).data)
    const other = { phase: 'run', identity: { ...identity, user: 'eve' }, digest }
    const refused = await call(to, 'test_change', {}, other)
    expect(changeOutcomeSchema.parse(refused.data)).toMatchObject({
      status: 'refused',
      objects: [],
      notes: [{ code: 'cluster-changed', params: { parts: { code: 'api-user-differs' } } }],
    })
    expect(api.writes()).toEqual([])
  })

  it('answer another digest with the new plan', async () => {
    const to = await connect('planned')
    const { identity } = changePlanSchema.parse((await call(to, 'test_change', {}, { phase: 'plan' })).data)
    const changed = await call(to, 'test_change', {}, { phase: 'run', identity, digest: 'of another change' })
    expect(changeOutcomeSchema.parse(changed.data)).toMatchObject({ status: 'changed', plan: { kind: 'plan' } })
    expect(api.writes()).toEqual([])
  })

  it('read by a name that also writes, if the call asks for it', async () => {
    const to = await connect('planned')
    expect(await call(to, 'both', {})).toMatchObject({ isError: false, data: { kind: 'text' } })
    expect(await call(to, 'both', { write: true }, { phase: 'plan' })).toMatchObject({ data: { kind: 'plan' } })
  })
})
