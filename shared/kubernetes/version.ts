/** Supported Kubernetes versions. */
import { msg } from '../messages/create'
import type { ResultNote } from '../result'

/** Oldest supported minor version: the read tools rely on its API. */
const OLDEST_MINOR = 24

/**
 * @param version `gitVersion` of the API server, e.g. `v1.37.2` or `v1.23.17-eks-1234`
 * @returns a notice if it is older than 1.24; undefined otherwise or for another format
 */
export function versionNotice(version: string | undefined): ResultNote | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version ?? '') ?? []
  if (version === undefined || major !== '1' || minor === undefined || Number(minor) >= OLDEST_MINOR) return undefined
  return msg('old-kubernetes', { version, oldest: `1.${OLDEST_MINOR}` })
}
