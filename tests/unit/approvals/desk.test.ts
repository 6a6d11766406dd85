import { randomBytes } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import type { CallRecord } from '../../../server/audit'
import type { ApprovalDesk, WriteCall } from '../../../server/agent/desk'
import { createPolicy } from '../../../server/agent/policy'
import type { DeskOptions } from '../../../server/approvals'
import { APPROVAL_MS } from '../../../server/approvals/desk'
import { MemoryClaims } from '../../../server/approvals/claims'
import { GrantSeal } from '../../../server/approvals/seal'
import { testDesk } from '../../support/agent/desk'

const call: WriteCall = {
  toolCallId: 'call_1',
  name: 'resources_scale',
  tool: 'resources_scale',
  arguments: { kind: 'Deployment', name: 'web', namespace: 'shop', scale: 5 },
}
const key = randomBytes(32)

/** Desks of one server: same key, same claims, another clock. */
function server(options: Partial<DeskOptions> = {}) {
  const clock = { now: 1_000_000 }
  const shared = { seal: new GrantSeal(key), claims: new MemoryClaims(() => clock.now), now: () => clock.now }
  const desk = (more: Partial<DeskOptions> = {}) => testDesk({ ...shared, ...options, ...more })
  return { clock, desk }
}

async function approvalOf(desk: ApprovalDesk, of = call) {
  const asked = await desk.request(of, undefined, new AbortController().signal)
  if (asked.kind !== 'asked') throw new Error(asked.text)
  return asked
}

/** A person's yes to it, as it comes back. */
async function yes(desk: ApprovalDesk, of = call) {
  const { approval, signature } = await approvalOf(desk, of)
  return { toolCallId: of.toolCallId, name: of.name, answer: { id: approval.id, approved: true, signature } }
}

describe('an approval', () => {
  it('runs what was signed, once', async () => {
    const desk = server().desk()
    const waiting = await yes(desk)
    expect(await desk.redeem(waiting)).toMatchObject({ kind: 'run', arguments: call.arguments })
    expect(await desk.redeem(waiting)).toMatchObject({
      status: 'expired',
      text: expect.stringContaining('used already'),
    })
  })

  it('runs once where two come at the same moment', async () => {
    const { desk } = server()
    const waiting = await yes(desk())
    const kinds = (await Promise.all([desk().redeem(waiting), desk().redeem(waiting)])).map(({ kind }) => kind)
    expect(kinds.sort()).toEqual(['answer', 'run'])
  })

  it('shows and runs what is signed, where the arguments are no JSON: 1e999 is infinite, and null once it is signed', async () => {
    const desk = server().desk()
    const infinite = { ...call, arguments: { ...call.arguments, scale: Infinity } }
    const { approval, signature } = await approvalOf(desk, infinite)
    expect(approval.arguments).toContain('scale: null')
    const answer = { id: approval.id, approved: true, signature }
    expect(await desk.redeem({ ...infinite, answer })).toMatchObject({ arguments: { scale: null } })
  })

  it('shows the arguments that run, and asks for a name where that is wanted', async () => {
    const prepare: DeskOptions['prepare'] = async () => ({
      arguments: { ...call.arguments, resourceVersion: '7' },
      namespace: 'shop',
      target: 'Namespace shop',
      preview: {
        basis: 'none',
        notes: [{ code: 'as-written', params: { words: 'All of it goes.' }, text: 'All of it goes.' }],
      },
      confirm: 'shop',
    })
    const desk = server().desk({ prepare })
    const { approval } = await approvalOf(desk)
    expect(approval).toMatchObject({ namespace: 'shop', confirm: 'shop', cluster: 'test' })
    expect(approval.arguments).toContain('resourceVersion: "7"')
    const untyped = await yes(desk)
    expect(await desk.redeem(untyped)).toMatchObject({ status: 'declined', text: expect.stringContaining('"shop"') })
    const typed = { ...untyped, answer: { ...untyped.answer, reason: ' shop ' } }
    expect(await desk.redeem(typed)).toMatchObject({ kind: 'run', arguments: { resourceVersion: '7' }, call })
  })

  it('is declined with the reason, and cannot be given afterwards', async () => {
    const desk = server().desk()
    const waiting = await yes(desk)
    const no = { ...waiting, answer: { ...waiting.answer, approved: false, reason: 'not on Friday' } }
    expect(await desk.redeem(no)).toMatchObject({ status: 'declined', text: expect.stringContaining('not on Friday') })
    expect(await desk.redeem(waiting)).toMatchObject({ kind: 'answer', status: 'expired' })
  })

  it('comes too late after its time', async () => {
    const { clock, desk } = server()
    const waiting = await yes(desk())
    clock.now += APPROVAL_MS
    expect(await desk().redeem(waiting)).toMatchObject({ status: 'expired', text: expect.stringContaining('too late') })
  })

  it('is to be asked for anew, and was not declined, where a person says so after its time', async () => {
    const { clock, desk } = server()
    const waiting = await yes(desk())
    clock.now += APPROVAL_MS
    const again = { ...waiting, answer: { ...waiting.answer, approved: false, reason: 'it expired' } }
    const answer = await desk().redeem(again)
    expect(answer).toMatchObject({ status: 'expired', text: expect.stringContaining('Call the tool again') })
    expect(answer).not.toMatchObject({ text: expect.stringContaining('Do not call it again') })
  })

  it('is missed where nobody answered', async () => {
    expect(await server().desk().redeem({ toolCallId: 'call_1', name: 'x' })).toMatchObject({ status: 'expired' })
  })

  it.each<[string, Partial<DeskOptions>]>([
    ['another person', { user: { name: 'ben', mayWrite: true } }],
    ['another conversation', { conversation: 'c2' }],
    ['another cluster', { cluster: 'production' }],
    ['another cluster', { server: 'http http://127.0.0.1:3000/mcp' }],
    ['another cluster', { state: () => ({ apiServer: 'https://other.example:6443', apiUser: 'admin' }) }],
    ['another cluster', { state: () => ({}) }],
    ['another user of the cluster', { state: () => ({ apiServer: 'https://test.example:6443', apiUser: 'viewer' }) }],
    ['restarted', { seal: new GrantSeal(randomBytes(32)) }],
  ])('is refused where it was for %s', async (words, other) => {
    const { desk } = server()
    const waiting = await yes(desk())
    expect(await desk(other).redeem(waiting)).toMatchObject({ status: 'expired', text: expect.stringContaining(words) })
    expect(await desk().redeem(waiting)).toMatchObject({ kind: 'run' })
  })

  it('is refused for another call, with another id', async () => {
    const desk = server().desk()
    const waiting = await yes(desk)
    expect(await desk.redeem({ ...waiting, toolCallId: 'call_2' })).toMatchObject({ status: 'expired' })
    expect(await desk.redeem({ ...waiting, answer: { ...waiting.answer, id: 'another' } })).toMatchObject({
      status: 'expired',
    })
  })

  it.each([
    ['forged', (signature: string) => `${signature.split('.')[0]}.${randomBytes(32).toString('base64url')}`],
    ['altered', (signature: string) => altered(signature)],
    ['cut', (signature: string) => signature.slice(0, -3)],
    ['without its signature', (signature: string) => signature.split('.')[0] ?? ''],
    ['empty', () => '.'],
    ['no base64', () => '%%%.%%%'],
  ])('is refused where it is %s', async (_, change) => {
    const desk = server().desk()
    const waiting = await yes(desk)
    const answer = { ...waiting.answer, signature: change(waiting.answer.signature) }
    expect(await desk.redeem({ ...waiting, answer })).toMatchObject({ kind: 'answer', status: 'expired' })
  })

  it('is refused to those who may only read', async () => {
    const { desk } = server()
    const waiting = await yes(desk())
    const reader = { name: 'anna', mayWrite: false, readOnlyReason: 'Anna reads.' }
    expect(await desk({ user: reader }).redeem(waiting)).toMatchObject({
      status: 'denied',
      text: 'Not run: Anna reads.',
    })
  })

  it('is refused where the policy has changed', async () => {
    const { desk } = server()
    const waiting = await yes(desk())
    const policy = createPolicy({ mode: 'read-only' })
    expect(await desk({ policy }).redeem(waiting)).toMatchObject({ status: 'denied' })
  })

  it('runs nothing while the kubeconfig names another cluster, and is not used up (cluster-1)', async () => {
    const { desk } = server()
    const waiting = await yes(desk())
    const problem = 'The context "staging" now names another API server.'
    const state = () => ({ apiServer: 'https://test.example:6443', apiUser: 'admin', problem })
    expect(await desk({ state }).redeem(waiting)).toMatchObject({ status: 'error', text: `Not run: ${problem}` })
    expect(await desk().redeem(waiting)).toMatchObject({ kind: 'run' })
  })

  it('runs nothing where it cannot be claimed', async () => {
    const claims = { claim: vi.fn().mockRejectedValue(new Error('no Redis')), close: async () => undefined }
    const desk = server().desk({ claims })
    expect(await desk.redeem(await yes(desk))).toMatchObject({
      status: 'error',
      text: expect.stringContaining('Redis'),
    })
  })
})

describe('the audit', () => {
  it('is told who was asked, who decided, and what came of it', async () => {
    const records: CallRecord[] = []
    const record = (call: CallRecord) => void records.push(call)
    const desk = server().desk({ record, recordRun: async (call) => record(call) })
    const redeemed = await desk.redeem(await yes(desk))
    if (redeemed.kind !== 'run') throw new Error(redeemed.text)
    redeemed.report({ status: 'ok', forModel: '', forPerson: { kind: 'text', text: '' }, durationMs: 7 })
    expect(records.map(({ decision, outcome, by }) => [decision, outcome, by])).toEqual([
      ['requested', 'pending', undefined],
      ['approved', 'pending', 'anna'],
      ['approved', 'ok', 'anna'],
    ])
    expect(records.at(-1)).toMatchObject({ call: 'call_1', tool: 'resources_scale', durationMs: 7 })
  })

  it('is told of a call that is not even asked for', async () => {
    const records: CallRecord[] = []
    const desk = server().desk({ record: (entry) => void records.push(entry) })
    await desk.request({ ...call, arguments: { name: 'web\u202E5' } }, undefined, new AbortController().signal)
    expect(records).toMatchObject([{ call: 'call_1', decision: 'denied', outcome: 'denied' }])
  })

  it('keeps a call from running where it cannot be written', async () => {
    const desk = server().desk({ recordRun: () => Promise.reject(new Error('disk full')) })
    expect(await desk.redeem(await yes(desk))).toMatchObject({
      status: 'error',
      text: expect.stringContaining('audit'),
    })
  })
})

describe('a call that nobody could decide over', () => {
  it.each([
    ['too long', { resource: 'x'.repeat(200_000) }, 'longer than'],
    ['with hidden characters', { name: 'web\u202E5' }, 'hidden characters'],
    ['with a credential', { env: [{ name: 'DB_PASSWORD', value: 'hunter2hunter2' }] }, 'credential'],
  ])('is not asked for: %s', async (_, args, words) => {
    const asked = await server()
      .desk()
      .request({ ...call, arguments: args }, undefined, new AbortController().signal)
    expect(asked).toMatchObject({ kind: 'answer', status: 'denied', text: expect.stringContaining(words) })
  })
})

describe('claims', () => {
  it('are forgotten once they have expired', async () => {
    let now = 0
    const claims = new MemoryClaims(() => now)
    expect(await claims.claim('a', 100)).toBe(true)
    expect(await claims.claim('a', 100)).toBe(false)
    now = 101
    expect(await claims.claim('a', 200)).toBe(true)
  })
})

/** The same signature over other arguments. */
function altered(signature: string): string {
  const [payload = '', mac = ''] = signature.split('.')
  const text = Buffer.from(payload, 'base64url').toString('utf8').replace('"scale":5', '"scale":0')
  return `${Buffer.from(text).toString('base64url')}.${mac}`
}
