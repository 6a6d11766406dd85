/** Helm writes a revision again when the next one replaces it, which does not change the release. */
import { describe, expect, it } from 'vitest'
import { releases } from '../../../../mcp/changed/sources/releases'
import type { ReadRelease } from '../../../../mcp/changed/history/history'
import { World } from '../../../../mcp/diagnose/world/world'
import { releaseSchema } from '../../../../mcp/helm/release'
import type { Revision } from '../../../../mcp/helm/storage'
import { releaseJson } from '../helm/stored'

const NOW = Date.parse('2026-11-29T12:00:00Z')
const HOUR = 3_600_000
const DAY = 24 * HOUR

const release = (deployedAt: number, config: object = {}) => {
  const parsed = releaseSchema.parse(releaseJson({ config }))
  return { ...parsed, info: { ...parsed.info, last_deployed: new Date(deployedAt).toISOString() } }
}
const revision = (more: Partial<Revision>): Revision => ({
  ...{ namespace: 'shop', release: 'shop', revision: 3, status: 'superseded', storage: 'secrets', object: 'x' },
  ...more,
})

function find(...read: ReadRelease[]) {
  const world = new World({ now: NOW, objects: new Map(), events: [] })
  const history = { since: NOW - DAY, world, written: new Map(), events: [], releases: read, digests: [] }
  return releases.find(history)
}

describe('Helm revisions of a time range', () => {
  it('leave out one that was only replaced in it', () => {
    const replaced = revision({ modifiedAt: NOW - HOUR })
    expect(find({ revision: replaced, release: release(NOW - 30 * DAY), before: undefined })).toEqual([])
  })

  it('leave it out by the creation of its Secret if its payload was not read', () => {
    const replaced = revision({ modifiedAt: NOW - HOUR, createdAt: NOW - 30 * DAY })
    expect(find({ revision: replaced, release: undefined, before: undefined })).toEqual([])
  })

  it('compare one of the range with the one before, however old that is', () => {
    const deployed = revision({ revision: 4, status: 'deployed', modifiedAt: NOW - HOUR })
    const before = release(NOW - 30 * DAY, { replicas: 1 })
    const found = find({ revision: deployed, release: release(NOW - HOUR, { replicas: 2 }), before })
    expect(found).toMatchObject([{ at: NOW - HOUR, fields: [{ path: 'values.replicas' }] }])
  })

  it('have the time of a removal that keeps the history', () => {
    const removed = revision({ status: 'uninstalled', modifiedAt: NOW - HOUR, createdAt: NOW - 30 * DAY })
    expect(find({ revision: removed, release: release(NOW - 30 * DAY), before: undefined })).toMatchObject([
      { at: NOW - HOUR, fields: [] },
    ])
  })
})
