import { describe, expect, it } from 'vitest'
import { releaseHealth } from '../../../../mcp/helm/release-health'
import type { Revision } from '../../../../mcp/helm/storage'

const NOW = Date.parse('2026-11-29T12:00:00Z')

function revision(number: number, status: string, minutesAgo = 60): Revision {
  const modifiedAt = NOW - minutesAgo * 60_000
  return { namespace: 'shop', release: 'cart', revision: number, status, modifiedAt, storage: 'secrets', object: '' }
}

describe('the health of a Helm release', () => {
  it.each([
    [revision(1, 'deployed'), { verdict: 'ok' }],
    [revision(2, 'failed'), { verdict: 'bad', reason: { text: 'revision 2 failed; revision 1 is still deployed' } }],
    [
      revision(2, 'pending-upgrade', 3),
      { verdict: 'waiting', reason: { text: 'pending-upgrade for 3 min; revision 1 is still deployed' } },
    ],
    [
      revision(2, 'pending-upgrade', 60),
      { verdict: 'bad', reason: { text: 'pending-upgrade for 60 min; revision 1 is still deployed' } },
    ],
    [
      revision(2, 'uninstalling', 1),
      { verdict: 'waiting', reason: { text: 'uninstalling for 1 min; revision 1 is still deployed' } },
    ],
    [revision(2, 'uninstalled'), { verdict: 'unknown', reason: { text: 'uninstalled' } }],
  ])('%o', (newest, expected) => {
    expect(releaseHealth(newest, [revision(1, 'deployed'), newest], NOW)).toMatchObject(expected)
  })
})
