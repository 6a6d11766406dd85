/** The real desk, with its seal and claims; what a call would change is not read. */
import type { ApprovalDesk } from '../../../server/agent/desk'
import { createPolicy } from '../../../server/agent/policy'
import { createDesk } from '../../../server/approvals'
import type { DeskOptions } from '../../../server/approvals'
import { MemoryClaims } from '../../../server/approvals/claims'
import { GrantSeal } from '../../../server/approvals/seal'

export function testDesk(options: Partial<DeskOptions> = {}): ApprovalDesk {
  return createDesk({
    seal: new GrantSeal(Buffer.alloc(32, 'a key of a test')),
    claims: new MemoryClaims(),
    prepare: async (call) => ({ arguments: call.arguments, preview: { basis: 'none', notes: [] } }),
    policy: createPolicy({ mode: 'approve' }),
    user: { name: 'anna', mayWrite: true },
    conversation: 'c1',
    cluster: 'test',
    server: 'stdio test',
    state: () => ({ apiServer: 'https://test.example:6443', apiUser: 'admin' }),
    record: () => undefined,
    recordRun: async () => undefined,
    ...options,
  })
}
