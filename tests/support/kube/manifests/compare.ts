/** Compares our reading of random manifests with kubectl's: equal JSON, or a refusal that names the line. */
import { isDeepStrictEqual } from 'node:util'
import { readManifest } from '../../../../mcp/changes/manifest'
import { KubeError } from '../../../../mcp/kubernetes/errors/errors'
import type { Random } from '../../../soak/random'
import { NAMESPACE, randomManifest } from '../manifests'
import { readWithKubectl, type KubectlReading } from './kubectl'

export interface Comparison {
  /** Equal JSON from both. */
  same: number
  refusedByBoth: number
  /** Refused by us but read by kubectl. */
  refusedByUs: number
  /** A damaged kind: kubectl prints nothing to compare with. */
  notComparable: number
  violations: string[]
}

export async function compareManifests(kubeconfig: string, random: Random, from: number, count: number) {
  const manifests = Array.from({ length: count }, (_, index) => {
    const name = `m${from + index}`
    return randomManifest(random.fork(name), name)
  })
  const readings = await readWithKubectl(kubeconfig, manifests)
  const result: Comparison = { same: 0, refusedByBoth: 0, refusedByUs: 0, notComparable: 0, violations: [] }
  manifests.forEach((manifest, index) => {
    const reading = readings[index]
    const found = reading ? compare(manifest, reading) : 'kubectl did not read it'
    if (isCount(found)) result[found]++
    else result.violations.push(`manifest ${from + index}: ${found}: ${JSON.stringify(manifest)}`)
  })
  return result
}

type Count = 'same' | 'refusedByBoth' | 'refusedByUs' | 'notComparable'

function isCount(found: string): found is Count {
  return ['same', 'refusedByBoth', 'refusedByUs', 'notComparable'].includes(found)
}

/** @returns what to count, or the error */
function compare(manifest: string, { objects, isRefused, hasUnknownKind }: KubectlReading): string {
  const ours = read(manifest)
  if (typeof ours === 'string') return ours
  if (ours === undefined)
    return isRefused || (objects.length === 0 && !hasUnknownKind) ? 'refusedByBoth' : 'refusedByUs'
  if (hasUnknownKind) return 'notComparable'
  if (isRefused) return 'kubectl refuses what we read'
  const theirs = objects.map(withNamespace)
  if (isDeepStrictEqual(ours.map(withNamespace), theirs)) return 'same'
  return `we read ${JSON.stringify(ours)}, kubectl reads ${JSON.stringify(theirs)}`
}

/** @returns undefined for a refusal, or the error in it */
function read(manifest: string): unknown[] | string | undefined {
  try {
    return readManifest(manifest).map(({ object }) => JSON.parse(JSON.stringify(object)) as unknown)
  } catch (error) {
    if (!(error instanceof KubeError)) return `it throws ${String(error)}`
    const { line } = error.params
    if (error.params.problem === 'manifest-empty') return undefined
    const isLine = typeof line === 'number' && line >= 1 && line <= manifest.split('\n').length
    return isLine ? undefined : `the refusal names no line: ${error.message}`
  }
}

/** kubectl fills in the namespace. */
function withNamespace(object: unknown): unknown {
  if (typeof object !== 'object' || object === null || !('metadata' in object)) return object
  const { metadata } = object
  if (typeof metadata !== 'object' || metadata === null) return object
  const namespace = 'namespace' in metadata && metadata.namespace ? metadata.namespace : NAMESPACE
  return { ...object, metadata: { ...metadata, namespace } }
}
