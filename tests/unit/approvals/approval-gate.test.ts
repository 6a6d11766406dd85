import { randomBytes } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { quotedWords } from '../../../shared/messages/create'
import type { CallRecord } from '../../../server/audit'
import type { WriteCall } from '#shared/changes/pending-write'
import type { ApprovalGate, Asked } from '../../../server/agent/calls/approval-gate'
import { createPolicy, parsePolicyRules } from '../../../server/agent/policy'
import type { ApprovalGateOptions } from '../../../server/approvals'
import { APPROVAL_MS } from '../../../server/approvals/approval-gate'
import { MemoryClaims } from '../../../server/approvals/claims'
import type { Claims } from '../../../server/approvals/claims'
import { GrantSeal } from '../../../server/approvals/seal'
import { plannedChange } from '../../../server/preview'
import { TEST_CLUSTER, TEST_IDENTITY, testApprovalGate, testPlan, unpreviewed } from '../../support/agent/approval-gate'
import { ask, scriptedModel, scriptedToolbox } from '../../support/agent/scripted'
import { modelTool, serverTool } from '../../support/brands'

const call: WriteCall = {
  toolCallId: 'call_1',
  name: modelTool('resources_scale'),
  tool: serverTool('resources_scale'),
  arguments: { kind: 'Deployment', name: 'web', namespace: 'shop', scale: 5 },
}
const key = randomBytes(32)

/** Approval gates of one server: same key, same claims, another clock. */
function server(options: Partial<ApprovalGateOptions> = {}) {
  const clock = { now: 1_000_000 }
  const shared = { seal: new GrantSeal(key), claims: new MemoryClaims(() => clock.now) }
  const approvalGate = (more: Partial<ApprovalGateOptions> = {}) => testApprovalGate({ ...shared, ...options, ...more })
  return { clock, approvalGate }
}

const { signal } = new AbortController()

async function request(approvalGate: ApprovalGate, of = call): Promise<Asked> {
  const prepared = await approvalGate.prepare(of, signal)
  if (prepared.kind === 'split') throw new Error('split')
  return prepared.kind === 'change'
    ? await approvalGate.ask(prepared.write, { precededBy: undefined }, signal)
    : prepared
}

async function approvalOf(approvalGate: ApprovalGate, of = call) {
  const asked = await request(approvalGate, of)
  if (asked.kind !== 'asked') throw new Error(asked.detail.text)
  return asked
}

/** A person's yes to it, as it comes back. */
async function yes(approvalGate: ApprovalGate, of = call) {
  const { approval, signature } = await approvalOf(approvalGate, of)
  return { toolCallId: of.toolCallId, name: of.name, answer: { id: approval.id, approved: true, signature } }
}

describe('an approval', () => {
  it('runs the signed call once', async () => {
    const approvalGate = server().approvalGate()
    const waiting = await yes(approvalGate)
    expect(await approvalGate.redeem(waiting, signal)).toMatchObject({
      kind: 'run',
      write: { arguments: call.arguments },
    })
    expect(await approvalGate.redeem(waiting, signal)).toMatchObject({
      status: 'expired',
      detail: { text: expect.stringContaining('used already') },
    })
  })

  it('runs once if two answers arrive at the same moment', async () => {
    const { approvalGate } = server()
    const waiting = await yes(approvalGate())
    const kinds = (
      await Promise.all([approvalGate().redeem(waiting, signal), approvalGate().redeem(waiting, signal)])
    ).map(({ kind }) => kind)
    expect(kinds.sort()).toEqual(['answer', 'run'])
  })

  it('shows and runs the signed arguments if they are not JSON: 1e999 is infinite, and null once it is signed', async () => {
    const approvalGate = server().approvalGate()
    const infinite = { ...call, arguments: { ...call.arguments, scale: Infinity } }
    const { approval, signature } = await approvalOf(approvalGate, infinite)
    expect(approval.arguments).toContain('scale: null')
    const answer = { id: approval.id, approved: true, signature }
    expect(await approvalGate.redeem({ ...infinite, answer }, signal)).toMatchObject({
      write: { arguments: { scale: null } },
    })
  })

  it('shows the arguments that run, and asks for a name if required', async () => {
    const prepare: ApprovalGateOptions['prepare'] = async () => ({
      kind: 'change',
      change: { ...unpreviewed({ ...call.arguments, resourceVersion: '7' }), confirm: 'shop' },
    })
    const approvalGate = server().approvalGate({ prepare })
    const { approval } = await approvalOf(approvalGate)
    expect(approval).toMatchObject({ confirm: 'shop', cluster: 'test', identity: { user: 'admin' } })
    expect(approval.arguments).toContain('resourceVersion: "7"')
    const untyped = await yes(approvalGate)
    expect(await approvalGate.redeem(untyped, signal)).toMatchObject({
      status: 'declined',
      detail: { text: expect.stringContaining('"shop"') },
    })
    const typed = { ...untyped, answer: { ...untyped.answer, reason: ' shop ' } }
    expect(await approvalGate.redeem(typed, signal)).toMatchObject({
      kind: 'run',
      write: { arguments: { resourceVersion: '7' } },
    })
  })

  it('is declined with the reason, and cannot be given afterwards', async () => {
    const approvalGate = server().approvalGate()
    const waiting = await yes(approvalGate)
    const no = { ...waiting, answer: { ...waiting.answer, approved: false, reason: 'not on Friday' } }
    expect(await approvalGate.redeem(no, signal)).toMatchObject({
      status: 'declined',
      detail: { text: expect.stringContaining('not on Friday') },
    })
    expect(await approvalGate.redeem(waiting, signal)).toMatchObject({ kind: 'answer', status: 'expired' })
  })

  it('comes too late after its time', async () => {
    const { clock, approvalGate } = server()
    const waiting = await yes(approvalGate())
    clock.now += APPROVAL_MS
    expect(await approvalGate().redeem(waiting, signal)).toMatchObject({
      status: 'expired',
      detail: { text: expect.stringContaining('too late') },
    })
  })

  it('is asked for again, instead of declined, if the answer is late', async () => {
    const { clock, approvalGate } = server()
    const waiting = await yes(approvalGate())
    clock.now += APPROVAL_MS
    const again = { ...waiting, answer: { ...waiting.answer, approved: false, reason: 'it expired' } }
    const answer = await approvalGate().redeem(again, signal)
    expect(answer).toMatchObject({ status: 'expired', advice: expect.stringContaining('Call the tool again') })
    expect(answer).not.toMatchObject({ advice: expect.stringContaining('Do not call it again') })
  })

  it('expires if nobody answered', async () => {
    expect(
      await server()
        .approvalGate()
        .redeem({ toolCallId: 'call_1', name: modelTool('x') }, signal),
    ).toMatchObject({
      status: 'expired',
    })
  })

  it.each<[string, Partial<ApprovalGateOptions>]>([
    ['another person', { user: { name: 'ben', mayWrite: true } }],
    ['another conversation', { conversation: 'c2' }],
    ['another MCP server', { place: () => ({ server: 'http http://127.0.0.1:3000/mcp' }) }],
    ['another cluster', { place: placeOf({ server: 'https://other.example:6443' }) }],
    ['another cluster', { place: placeOf({ uid: 'uid-2' }) }],
    [
      'cannot be identified',
      { place: () => ({ server: 'stdio test', identify: async () => ({ problem: quotedWords('timeout') }) }) },
    ],
    ['another cluster', { place: () => ({ server: 'stdio test' }) }],
    ['another user of the cluster', { place: placeOf({ user: 'viewer' }) }],
    ['restarted', { seal: new GrantSeal(randomBytes(32)) }],
  ])('is refused where it was for %s', async (words, other) => {
    const { approvalGate } = server()
    const waiting = await yes(approvalGate())
    expect(await approvalGate(other).redeem(waiting, signal)).toMatchObject({
      status: 'expired',
      detail: { text: expect.stringContaining(words) },
    })
    expect(await approvalGate().redeem(waiting, signal)).toMatchObject({ kind: 'run' })
  })

  it('is refused for another call, with another id', async () => {
    const approvalGate = server().approvalGate()
    const waiting = await yes(approvalGate)
    expect(await approvalGate.redeem({ ...waiting, toolCallId: 'call_2' }, signal)).toMatchObject({ status: 'expired' })
    expect(
      await approvalGate.redeem({ ...waiting, answer: { ...waiting.answer, id: 'another' } }, signal),
    ).toMatchObject({
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
    const approvalGate = server().approvalGate()
    const waiting = await yes(approvalGate)
    const answer = { ...waiting.answer, signature: change(waiting.answer.signature) }
    expect(await approvalGate.redeem({ ...waiting, answer }, signal)).toMatchObject({
      kind: 'answer',
      status: 'expired',
    })
  })

  it('is refused to those who may only read', async () => {
    const { approvalGate } = server()
    const waiting = await yes(approvalGate())
    const reader = { name: 'anna', mayWrite: false, readOnlyReason: quotedWords('Anna reads.') }
    expect(await approvalGate({ user: reader }).redeem(waiting, signal)).toMatchObject({
      status: 'denied',
      detail: { text: 'Not run: Anna reads.' },
    })
  })

  it('is refused if the policy has changed', async () => {
    const { approvalGate } = server()
    const waiting = await yes(approvalGate())
    const policy = createPolicy({ mode: 'read-only' })
    expect(await approvalGate({ policy }).redeem(waiting, signal)).toMatchObject({ status: 'denied' })
  })

  it('runs nothing while the kubeconfig names another cluster, and is not used up (cluster-1)', async () => {
    const { approvalGate } = server()
    const waiting = await yes(approvalGate())
    const problem = quotedWords('The context "staging" now names another API server.')
    const state = () => ({ apiServer: 'https://test.example:6443', apiUser: 'admin', problem })
    expect(await approvalGate({ state }).redeem(waiting, signal)).toMatchObject({
      status: 'error',
      detail: { text: `Not run: ${problem.text}` },
    })
    expect(await approvalGate().redeem(waiting, signal)).toMatchObject({ kind: 'run' })
  })

  it('runs nothing if it cannot be claimed', async () => {
    const { approvalGate } = server()
    const waiting = await yes(approvalGate())
    const gone = () => Promise.reject(new Error('no Redis'))
    const claims = { now: gone, open: gone, claim: gone, close: async () => undefined }
    expect(await approvalGate({ claims }).redeem(waiting, signal)).toMatchObject({
      status: 'error',
      detail: { text: expect.stringContaining('Redis') },
    })
  })
})

describe('the audit', () => {
  it('records who was asked, who decided, and the outcome', async () => {
    const records: CallRecord[] = []
    const record = (call: CallRecord) => void records.push(call)
    const approvalGate = server().approvalGate({ record, recordRun: async (call) => record(call) })
    const redeemed = await approvalGate.redeem(await yes(approvalGate), signal)
    if (redeemed.kind !== 'run') throw new Error(redeemed.detail.text)
    redeemed.report({ status: 'ok', forModel: '', forPerson: { kind: 'text', text: '' }, durationMs: 7 })
    expect(records.map(({ decision, outcome, by }) => [decision, outcome, by])).toEqual([
      ['requested', 'pending', undefined],
      ['approved', 'pending', 'anna'],
      ['approved', 'ok', 'anna'],
    ])
    expect(records.at(-1)).toMatchObject({ call: 'call_1', tool: 'resources_scale', durationMs: 7 })
  })

  it('records a call that is refused without asking', async () => {
    const records: CallRecord[] = []
    const approvalGate = server().approvalGate({ record: (entry) => void records.push(entry) })
    await request(approvalGate, { ...call, arguments: { name: 'web\u202E5' } })
    expect(records).toMatchObject([{ call: 'call_1', decision: 'denied', outcome: 'denied' }])
  })

  it('keeps a call from running if it cannot be written', async () => {
    const approvalGate = server().approvalGate({ recordRun: () => Promise.reject(new Error('disk full')) })
    expect(await approvalGate.redeem(await yes(approvalGate), signal)).toMatchObject({
      status: 'error',
      detail: { text: expect.stringContaining('audit') },
    })
  })
})

describe('a call that nobody could decide over', () => {
  it.each([
    ['too long', { resource: 'x'.repeat(200_000) }, 'longer than'],
    ['with hidden characters', { labels: { a: 'web\u202E5' } }, 'hidden characters'],
    ['with a credential', { env: [{ name: 'DB_PASSWORD', value: 'hunter2hunter2' }] }, 'credential'],
  ])('is not asked for: %s', async (_, args, words) => {
    const asked = await request(server().approvalGate(), { ...call, arguments: args })
    expect(asked).toMatchObject({ kind: 'answer', status: 'denied', detail: { text: expect.stringContaining(words) } })
  })
})

describe('an approval on a cluster that cannot be read', () => {
  const place = () => ({ server: 'sse http://elsewhere/sse' })

  it('is not asked for unless the operator allows it', async () => {
    expect(await request(server().approvalGate({ place }))).toMatchObject({
      status: 'denied',
      detail: { text: expect.stringContaining('MCP_ALLOW_UNVERIFIED_WRITES=1') },
    })
  })

  it('then asks for the name of the cluster, and says on the card that it is not verified', async () => {
    const approvalGate = server().approvalGate({ place, allowUnverified: true })
    const { approval } = await approvalOf(approvalGate)
    expect(approval).toMatchObject({ confirm: 'test', notes: [{ code: 'not-verified' }] })
    expect(approval.identity).toBeUndefined()
    const waiting = await yes(approvalGate)
    expect(await approvalGate.redeem(waiting, signal)).toMatchObject({ status: 'declined' })
    const typed = { ...waiting, answer: { ...waiting.answer, reason: 'test' } }
    expect(await approvalGate.redeem(typed, signal)).toMatchObject({ kind: 'run' })
  })

  it('is for the cluster of that name alone', async () => {
    const { approvalGate } = server({ place, allowUnverified: true })
    const waiting = await yes(approvalGate())
    const typed = { ...waiting, answer: { ...waiting.answer, reason: 'test' } }
    expect(await approvalGate({ cluster: 'production' }).redeem(typed, signal)).toMatchObject({ status: 'expired' })
  })
})

describe('an approval of a plan', () => {
  const planned: WriteCall = {
    ...call,
    tool: serverTool('kubectl_scale'),
    name: modelTool('kubectl_scale'),
    server: 'k8s-ai-assistant-mcp',
  }
  const prepare: ApprovalGateOptions['prepare'] = async () => ({ kind: 'change', change: plannedChange(testPlan()) })

  it('runs as it was planned: its arguments, its cluster and user, its digest', async () => {
    const { approvalGate } = server({ prepare })
    const { approval } = await approvalOf(approvalGate(), planned)
    expect(approval).toMatchObject({ previewed: true, identity: TEST_IDENTITY, title: { code: 'change-scale' } })
    expect(approval.objects).toMatchObject([{ diff: expect.stringContaining('+  replicas: 5') }])
    expect(await approvalGate().redeem(await yes(approvalGate(), planned), signal)).toMatchObject({
      kind: 'run',
      write: {
        server: 'k8s-ai-assistant-mcp',
        arguments: { name: 'web', replicas: 5 },
        identity: TEST_IDENTITY,
        digest: 'd1',
      },
    })
  })

  it('keeps its place though the context has another name by now: cluster and user are what counts', async () => {
    const { approvalGate } = server({ prepare })
    const waiting = await yes(approvalGate(), planned)
    expect(await approvalGate({ cluster: 'renamed' }).redeem(waiting, signal)).toMatchObject({ kind: 'run' })
  })

  it.each([
    ['kinds: {deny: [Deployment]}', 'kind deployment'],
    ['namespaces: {writes: [cart]}', 'namespaces alone'],
    ['namespaces: {deny: [shop]}', 'namespace shop'],
    ['clusters: {writes: [production]}', 'clusters alone'],
  ])('is not asked for if the objects of the plan are not allowed: %s', async (rules, words) => {
    const policy = createPolicy({ mode: 'approve', rules: parsePolicyRules(rules) })
    expect(await request(server({ prepare, policy }).approvalGate(), planned)).toMatchObject({
      status: 'denied',
      detail: { text: expect.stringContaining(words) },
    })
    const { approvalGate } = server({ prepare })
    const waiting = await yes(approvalGate(), planned)
    expect(await approvalGate({ policy }).redeem(waiting, signal)).toMatchObject({ status: 'denied' })
  })

  it.each(['test', 'https://test.example:6443', 'uid-1'])('is asked for on the cluster %s', async (name) => {
    const policy = createPolicy({ mode: 'approve', rules: parsePolicyRules(`clusters: {writes: ["${name}"]}`) })
    expect(await request(server({ prepare, policy }).approvalGate(), planned)).toMatchObject({ kind: 'asked' })
  })

  it('is never asked for a Secret, with any tool', async () => {
    const secret = { ...testPlan(), objects: testPlan().objects.map((each) => ({ ...each, kind: 'Secret' })) }
    const approvalGate = server().approvalGate({
      prepare: async () => ({ kind: 'change', change: plannedChange(secret) }),
    })
    expect(await request(approvalGate, planned)).toMatchObject({
      status: 'denied',
      detail: { text: expect.stringContaining('Secrets') },
    })
  })

  it('shows public data (writes-28)', async () => {
    const sealed = { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 'db' } }
    const encryptedData = { password: 'AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq+PiTySYZZA9rO43cGDEq' }
    const plan = { ...testPlan(), arguments: { manifest: { ...sealed, spec: { encryptedData } } } }
    const approvalGate = server().approvalGate({
      prepare: async () => ({ kind: 'change', change: plannedChange(plan) }),
    })
    const { approval } = await approvalOf(approvalGate, planned)
    expect(approval.arguments).toContain('AgBy3i4OJSWK')
  })

  it('is shown again with what has changed meanwhile', async () => {
    const { approvalGate } = server({ prepare })
    const redeemed = await approvalGate().redeem(await yes(approvalGate(), planned), signal)
    if (redeemed.kind !== 'run') throw new Error(redeemed.detail.text)
    const again = approvalGate().replanned(planned, testPlan({ from: 4, digest: 'd2' }), redeemed.write.objects)
    expect(again).toMatchObject({ kind: 'change', write: { plan: { digest: 'd2' } } })
    expect(again.kind === 'change' && again.write.notes[0]).toMatchObject({
      code: 'meanwhile-lines',
      params: { object: 'Deployment web in shop', before: '-  replicas: 3', now: '-  replicas: 4' },
    })
  })

  it('is one of a request, and carries what follows', async () => {
    const { approvalGate } = server({ prepare })
    const prepared = await approvalGate().prepare(planned, signal)
    if (prepared.kind !== 'change') throw new Error(prepared.kind)
    const part = { id: 'r1', rest: [{ name: 'cart', replicas: 2 }] }
    const asked = await approvalGate().ask(prepared.write, { precededBy: undefined, part }, signal)
    if (asked.kind !== 'asked') throw new Error(asked.detail.text)
    const answer = { id: asked.approval.id, approved: true, signature: asked.signature }
    expect(await approvalGate().redeem({ ...planned, answer }, signal)).toMatchObject({ kind: 'run', write: { part } })
  })
})

describe('a stop while Redis does not answer', () => {
  /** Claims that are answered when the test lets them. */
  function hanging(hangs: keyof Claims) {
    const { approvalGate } = server()
    const reached = Promise.withResolvers<void>()
    const late = Promise.withResolvers<never>()
    const claims = new MemoryClaims()
    const slow: Claims = {
      now: () => claims.now(),
      open: (id, expiresAt) => claims.open(id, expiresAt),
      claim: (id) => claims.claim(id),
      close: () => claims.close(),
      [hangs]: () => {
        reached.resolve()
        return late.promise
      },
    }
    return { sound: approvalGate({ claims }), slow: approvalGate({ claims: slow }), reached: reached.promise, late }
  }

  it.each(['now', 'claim'] as const)(
    'ends the wait for %s, and nothing runs, also if the answer comes',
    async (hangs) => {
      const { sound, slow, reached, late } = hanging(hangs)
      const waiting = await yes(sound)
      const stop = new AbortController()
      const redeemed = slow.redeem(waiting, stop.signal)
      await reached
      stop.abort(new Error('stopped'))
      expect(await redeemed).toMatchObject({ kind: 'answer', status: 'cancelled' })
      late.resolve('claimed' as never)
      expect(await redeemed).toMatchObject({ kind: 'answer' })
    },
  )

  it('ends the turn whose approval is redeemed, with a result of its call', async () => {
    const { sound, slow, reached } = hanging('claim')
    const waiting = { ...(await yes(sound)), arguments: call.arguments }
    const stop = new AbortController()
    const toolbox = scriptedToolbox({ resources_scale: 'scaled' })
    const turn = ask(
      { history: [{ role: 'user', content: 'scale web' }], waiting: [waiting] },
      { model: scriptedModel(), toolbox, approvalGate: slow },
      stop.signal,
    )
    await reached
    stop.abort(new Error('stopped'))
    const { results, finish } = await turn
    expect(results.map(({ status }) => status)).toEqual(['cancelled'])
    expect(finish.reason).toBe('aborted')
    expect(toolbox.calls).toEqual([])
  })

  it.each(['now', 'open'] as const)('ends the wait for %s before it is asked', async (hangs) => {
    const { slow, reached } = hanging(hangs)
    const prepared = await slow.prepare(call, signal)
    if (prepared.kind !== 'change') throw new Error(prepared.kind)
    const stop = new AbortController()
    const asked = slow.ask(prepared.write, { precededBy: undefined }, stop.signal)
    await reached
    stop.abort(new Error('stopped'))
    await expect(asked).rejects.toThrow('stopped')
  })
})

describe('claims', () => {
  it('are open until they expire, and given once', async () => {
    let now = 0
    const claims = new MemoryClaims(() => now)
    expect(await claims.claim('a')).toBe('gone')
    await claims.open('a', 100)
    expect(await claims.claim('a')).toBe('claimed')
    expect(await claims.claim('a')).toBe('used')
    await claims.open('b', 200)
    now = 101
    expect(await claims.claim('a')).toBe('gone')
    expect(await claims.claim('b')).toBe('claimed')
  })

  it('are counted by a clock that a step of the time does not move (writes-29)', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const approvalGate = testApprovalGate()
    const waiting = await yes(approvalGate)
    vi.setSystemTime(Date.now() + 2 * APPROVAL_MS)
    expect(await approvalGate.redeem(waiting, signal)).toMatchObject({ kind: 'run' })
    vi.setSystemTime(Date.now() - 4 * APPROVAL_MS)
    expect(await approvalGate.redeem(waiting, signal)).toMatchObject({
      status: 'expired',
      detail: { text: expect.stringContaining('used') },
    })
    vi.useRealTimers()
  })
})

function placeOf(other: Partial<typeof TEST_IDENTITY>): ApprovalGateOptions['place'] {
  const identity = { ...TEST_IDENTITY, ...other }
  return () => ({ server: 'stdio test', identify: async () => ({ identity, cluster: TEST_CLUSTER }) })
}

/** The same signature over other arguments. */
function altered(signature: string): string {
  const [payload = '', mac = ''] = signature.split('.')
  const text = Buffer.from(payload, 'base64url').toString('utf8').replace('"scale":5', '"scale":0')
  return `${Buffer.from(text).toString('base64url')}.${mac}`
}
