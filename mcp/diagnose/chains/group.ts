/** One finding for all objects of a workload that have it. */
import { keyOf } from '../ref'
import type { Check, Found, Ref } from '../types'
import type { World } from '../world/world'
import { ownersOf } from './owners'

export interface Trouble {
  check: Check
  found: Found
  /** All objects that have it; `found.object` is the first. */
  objects: Ref[]
}

export function groupFound(world: World, all: readonly { check: Check; found: Found }[]): Trouble[] {
  const groups = new Map<string, Trouble>()
  for (const { check, found } of all) {
    const { object } = found
    const owners = ownersOf(world, object)
    const common = found.isPerNamespace ? (object.namespace ?? '') : keyOf(owners.at(-1) ?? object)
    const key = `${check.id} ${object.kind} ${common} ${found.same ?? found.cause.text}`
    const group = groups.get(key)
    // Nobody waits for a Job as for a Service.
    const severity = owners.some(({ kind }) => kind === 'batch/Job') ? 'warning' : found.severity
    if (!group) groups.set(key, { check, found: { ...found, severity }, objects: [object] })
    else {
      group.objects.push(object)
      const because = mergeRefs(group.found.because, found.because)
      // The worse one speaks for all, the one with a log before one without.
      const best = rank(found) < rank(group.found) ? { ...found, severity } : group.found
      group.found = { ...best, ...(because && { because }) }
    }
  }
  return [...groups.values()]
}

function rank({ severity, evidence }: Found): number {
  return (severity === 'critical' ? 0 : 2) + (evidence.some(({ source }) => source === 'log') ? 0 : 1)
}

function mergeRefs(one: Ref[] | undefined, other: Ref[] | undefined): Ref[] | undefined {
  if (!one || !other) return one ?? other
  return [...new Map([...one, ...other].map((ref) => [keyOf(ref), ref])).values()]
}
