import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../../../server/agent/policy'
import { systemPrompt } from '../../../../server/agent/prompt'
import type { CallRecord } from '../../../../server/audit'
import { msg } from '../../../../shared/messages/create'
import { answered, askedIn } from '../../../support/agent/answer'
import { TEST_IDENTITY } from '../../../support/agent/approval-gate'
import { ownServer, planOf, refusal, split } from '../../../support/agent/own-server'
import { ask, callTools, say, scriptedModel } from '../../../support/agent/scripted'
import { serverTool } from '../../../support/brands'

const policy = createPolicy({ mode: 'read-only', plansChanges: true })
const args = { name: 'web', replicas: 5 }
const command = 'kubectl scale deployment/web --replicas=5 --namespace=shop --context=staging'

async function asked(
  plan: (args: Record<string, unknown>) => object,
  [tool, given]: [string, Record<string, unknown>] = ['kubectl_scale', args],
) {
  const records: CallRecord[] = []
  const record = (call: CallRecord) => void records.push(call)
  const own = ownServer(({ args: each }) => plan(each), undefined, { policy, record })
  const model = scriptedModel(callTools([tool, given]), say('It would have 5 replicas.'))
  const answer = await ask('change it', { model, toolbox: own.toolbox, policy, approvalGate: own.approvalGate, record })
  return { ...answer, ...own, model, records }
}

describe('a change in read-only mode (writes-27)', () => {
  it('is shown with its diff, its owners and a command, and never runs', async () => {
    const notes = [{ code: 'x', params: {}, text: 'Managed by Argo CD' }]
    const { results, calls, runs, events, finish, records } = await asked((each) => {
      const plan = planOf(each, { command })
      return { ...plan, objects: plan.objects.map((object) => ({ ...object, notes })) }
    })
    expect(results).toMatchObject([
      {
        status: 'ok',
        forPerson: {
          kind: 'plan',
          title: { code: 'change-scale' },
          command,
          objects: [{ notes }],
          cluster: { name: 'test' },
        },
      },
    ])
    expect(results[0]?.forModel).toMatch(/^NOT RUN: the assistant is read-only/)
    expect(results[0]?.forModel).toContain('+  replicas: 5')
    expect(results[0]?.forModel).toContain('Managed by Argo CD')
    expect(results[0]?.forModel).not.toContain('kubectl')
    expect(calls).toMatchObject([{ change: { phase: 'plan' } }])
    expect(runs()).toEqual([])
    expect(events.filter(({ type }) => type === 'approval-request')).toEqual([])
    expect(finish.reason).toBe('stop')
    expect(records).toMatchObject([
      { tool: 'kubectl_scale', decision: 'planned', outcome: 'ok', arguments: args, identity: TEST_IDENTITY },
    ])
  })

  it('is shown object by object, also if one of them cannot be planned', async () => {
    const objects = [
      { kind: 'ConfigMap', name: 'one' },
      { kind: 'Service', name: 'bad' },
      { kind: 'Deployment', name: 'three' },
    ]
    const { results, runs } = await asked(
      (each) => {
        if (each.manifest) return split(...objects)
        return each.name === 'bad' ? refusal('invalid', 'Service bad: port 99999 is too large.') : planOf(each)
      },
      ['kubectl_apply', { manifest: 'three objects' }],
    )
    expect(results.map(({ status, forPerson }) => [status, forPerson.kind])).toEqual([
      ['ok', 'text'],
      ['ok', 'plan'],
      ['error', 'text'],
      ['ok', 'plan'],
    ])
    expect(runs()).toEqual([])
  })

  it('says why it cannot be planned', async () => {
    const { results, records } = await asked(() => refusal('forbidden', 'User anna may not patch deployments.'))
    expect(results).toMatchObject([{ status: 'error', forModel: expect.stringContaining('may not patch') }])
    expect(records).toMatchObject([{ decision: 'denied' }])
  })

  it('shows no command that would hold a credential', async () => {
    const secret = 'postgres://admin:hunter2hunter2@db/x'
    const { results } = await asked((each) => planOf(each, { command: `kubectl set env deployment/web URL=${secret}` }))
    const [result] = results
    expect(JSON.stringify(result)).not.toContain('hunter2')
    expect(result?.forPerson).not.toHaveProperty('command')
    expect(result?.forPerson).toMatchObject({ notes: [{ code: 'command-hidden' }] })
  })

  it('keeps to the rules of the operator', async () => {
    const rules = { kinds: { deny: ['Deployment'] } }
    const own = ownServer(({ args: each }) => planOf(each), undefined, {
      policy: createPolicy({ mode: 'read-only', plansChanges: true, rules }),
    })
    const model = scriptedModel(callTools(['kubectl_scale', args]), say('No.'))
    const { results } = await ask('scale', { model, toolbox: own.toolbox, policy, approvalGate: own.approvalGate })
    expect(results).toMatchObject([{ status: 'denied' }])
  })

  it('is planned for a reader if others may write', async () => {
    const reader = createPolicy({ mode: 'read-only', plansChanges: true, readOnlyReason: msg('approval-used') })
    expect(reader.decide(serverTool('kubectl_scale'), args, undefined, 'k8s-ai-assistant-mcp').kind).toBe('plan')
  })

  it('does not run by an approval that was given before the mode changed', async () => {
    const approve = createPolicy({ mode: 'approve' })
    const before = ownServer(({ args: each }) => planOf(each), undefined, { policy: approve })
    const first = await ask('scale', {
      model: scriptedModel(callTools(['kubectl_scale', args])),
      ...{ toolbox: before.toolbox, policy: approve, approvalGate: before.approvalGate },
    })
    const now = ownServer(({ args: each }) => planOf(each), undefined, { policy })
    const conversation = answered(askedIn(first.events), [true])
    const { results } = await ask(conversation, {
      model: scriptedModel(say('It did not run.')),
      ...{ toolbox: now.toolbox, policy, approvalGate: now.approvalGate },
    })
    expect(results).toMatchObject([{ status: 'denied' }])
    expect(now.calls).toEqual([])
  })
})

describe("the model's instructions in read-only mode", () => {
  it('is to call the tool if changes are planned, and to say that it cannot otherwise', () => {
    expect(systemPrompt({}, 'plan')).toContain('call the tool for it all the same')
    expect(systemPrompt({}, 'read-only')).toContain('You can only read')
  })

  it('offers changing tools of our own server alone', () => {
    const offered = (name: string, server?: 'k8s-ai-assistant-mcp' | 'mcp-server-kubernetes') =>
      policy.isOffered(serverTool(name), undefined, server)
    expect(offered('kubectl_scale', 'k8s-ai-assistant-mcp')).toBe(true)
    expect(offered('kubectl_rollout', 'k8s-ai-assistant-mcp')).toBe(true)
    expect(offered('kubectl_scale', 'mcp-server-kubernetes')).toBe(false)
    expect(offered('a_tool_nobody_knows')).toBe(false)
    expect(
      createPolicy({ mode: 'read-only' }).isOffered(serverTool('kubectl_scale'), undefined, 'k8s-ai-assistant-mcp'),
    ).toBe(false)
  })

  it('keeps the plan of another kind of server away', () => {
    const decide = (server?: 'mcp-server-kubernetes') =>
      policy.decide(serverTool('kubectl_scale'), args, undefined, server).kind
    expect([decide(), decide('mcp-server-kubernetes')]).toEqual(['denied', 'denied'])
  })
})
