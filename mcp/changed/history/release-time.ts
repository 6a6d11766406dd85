/** When a Helm revision changed the cluster. */
import type { ReadRelease } from './history'

/**
 * Helm writes a revision again when the next one replaces it, so the time of its last write is only that of a removal.
 * @returns milliseconds since the epoch
 */
export function changedAt({ revision, release }: Pick<ReadRelease, 'revision' | 'release'>): number | undefined {
  const { status, modifiedAt, createdAt } = revision
  if (isRemoved(status)) return modifiedAt ?? createdAt
  const deployedAt = Date.parse(release?.info.last_deployed ?? '')
  return Number.isNaN(deployedAt) ? (createdAt ?? modifiedAt) : deployedAt
}

/** `helm uninstall --keep-history` keeps the revision that it removed. */
export function isRemoved(status: string): boolean {
  return status === 'uninstalled' || status === 'uninstalling'
}
