/** The real approval gate with its seal and claims; by default a call's changes are not read. */
import type { ChangePlan } from '../../../shared/changes/change'
import type { ApprovalGate } from '../../../server/agent/calls/approval-gate'
import { createPolicy } from '../../../server/agent/policy'
import { createApprovalGate } from '../../../server/approvals'
import type { ApprovalGateOptions } from '../../../server/approvals'
import { MemoryClaims } from '../../../server/approvals/claims'
import { GrantSeal } from '../../../server/approvals/seal'
import type { PreparedChange } from '../../../server/preview'

export const TEST_IDENTITY = { server: 'https://test.example:6443', user: 'admin', uid: 'uid-1', uidOf: 'kube-system' }
export const TEST_CLUSTER = { server: TEST_IDENTITY.server, name: 'test', user: 'admin', uid: 'uid-1' }

/** A plan of our own server: scales web in shop to 5. */
export function testPlan({ from = 3, digest = 'd1' } = {}): ChangePlan {
  const params = { kind: 'Deployment', name: 'web', namespace: 'shop', cluster: 'test', from, to: 5 }
  return {
    kind: 'plan',
    title: { code: 'change-scale', params, text: `Scale Deployment web in shop on test: ${from} → 5` },
    cluster: TEST_CLUSTER,
    identity: TEST_IDENTITY,
    asOf: '2026-01-01T00:00:00Z',
    arguments: { resource: 'deployment', name: 'web', namespace: 'shop', replicas: 5 },
    objects: [
      {
        verb: 'update',
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'web',
        namespace: 'shop',
        uid: 'u1',
        diff: `@@ -1,2 +1,2 @@\n spec:\n-  replicas: ${from}\n+  replicas: 5\n`,
        assigned: [],
        notes: [],
      },
    ],
    notes: [],
    digest,
  }
}

/** For a server that cannot preview. */
export function unpreviewed(args: Record<string, unknown>): PreparedChange {
  const title = { code: 'foreign-call', params: {}, text: 'Call a tool' }
  return { arguments: args, title, previewed: false, objects: [], notes: [] }
}

export function testApprovalGate(options: Partial<ApprovalGateOptions> = {}): ApprovalGate {
  return createApprovalGate({
    seal: new GrantSeal(Buffer.alloc(32, 'a key of a test')),
    claims: new MemoryClaims(),
    prepare: async (call) => ({ kind: 'change', change: unpreviewed(call.arguments) }),
    policy: createPolicy({ mode: 'approve' }),
    user: { name: 'anna', mayWrite: true },
    conversation: 'c1',
    cluster: 'test',
    place: () => ({ server: 'stdio test', identify: async () => ({ identity: TEST_IDENTITY, cluster: TEST_CLUSTER }) }),
    allowUnverified: false,
    state: () => ({ apiServer: 'https://test.example:6443', apiUser: 'admin' }),
    record: () => undefined,
    recordRun: async () => undefined,
    ...options,
  })
}
