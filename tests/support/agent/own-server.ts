/** Our own MCP server as a script: what it plans, and what comes of it. */
import type { ApprovalGate } from '../../../server/agent/calls/approval-gate'
import type { CallOptions } from '../../../server/mcp/toolbox/types'
import type { ApprovalGateOptions } from '../../../server/approvals'
import { prepareChange } from '../../../server/preview'
import type { ChangePlan } from '../../../shared/changes/change'
import { TEST_CLUSTER, testApprovalGate, testPlan } from './approval-gate'
import { scriptedToolbox, toolEntry } from './scripted'
import type { ScriptedToolbox } from './scripted'

const OWN = 'k8s-ai-assistant-mcp' as const
const tool = (name: string) => ({ ...toolEntry(name), server: OWN })

export interface Phased {
  name: string
  args: Record<string, unknown>
  change: CallOptions['change']
}

export interface OwnServer {
  toolbox: ScriptedToolbox
  approvalGate: ApprovalGate
  calls: Phased[]
  runs: () => Phased[]
}

/** Our own server as a script: `plan` answers a plan, a split or an error, `run` an outcome. */
export function ownServer(
  plan: (call: Phased) => object,
  run: (call: Phased) => object = ({ args }) => outcomeOf(args, 'updated'),
  options: Partial<ApprovalGateOptions> = {},
): OwnServer {
  const calls: Phased[] = []
  const answer = (name: string) => async (args: Record<string, unknown>, _: AbortSignal, change: Phased['change']) => {
    const call = { name, args, change }
    calls.push(call)
    const structuredContent = change?.phase === 'run' ? run(call) : plan(call)
    return { isError: 'code' in structuredContent, texts: [''], structuredContent, isStructured: true as const }
  }
  const names = ['kubectl_apply', 'kubectl_scale', 'kubectl_delete']
  const toolbox = scriptedToolbox(Object.fromEntries(names.map((name) => [name, answer(name)])), names.map(tool))
  const approvalGate = testApprovalGate({ prepare: (call, signal) => prepareChange(call, toolbox, signal), ...options })
  return { toolbox, approvalGate, calls, runs: () => calls.filter(({ change }) => change?.phase === 'run') }
}

export const refusal = (code: string, text: string) => ({
  kind: 'text',
  code,
  params: {},
  text,
  asOf: '2026-01-01T00:00:00Z',
})

export function planOf(args: Record<string, unknown>, more: Partial<ChangePlan> = {}): ChangePlan {
  const plan = testPlan()
  const { kind = 'Deployment', name = 'web', verb = 'update' } = args
  const object = { kind: String(kind), name: String(name), verb: verb === 'create' ? 'create' : 'update' } as const
  return {
    ...plan,
    arguments: args,
    objects: plan.objects.map((each) => ({ ...each, ...object })),
    digest: `digest of ${String(name)}`,
    ...more,
  }
}

export function outcomeOf(
  { kind = 'Deployment', name = 'web' }: Record<string, unknown>,
  state: string,
  status = 'done',
) {
  const object = { apiVersion: 'v1', kind, name, namespace: 'shop', state }
  const notes = [{ code: 'x', params: {}, text: `${String(name)} is ${state} now` }]
  return { kind: 'outcome', status, cluster: TEST_CLUSTER, asOf: '', objects: [{ ...object, notes }], notes: [] }
}

export const split = (...calls: Record<string, unknown>[]) => ({ kind: 'split', calls, asOf: '' })
