/** Keeps the causes that concern one object: those below it, and what it breaks. */
import { keyOf } from '../ref'
import type { Ref } from '../types'
import type { World } from '../world/world'
import type { Cause } from './causes'
import { dependenciesOf } from './dependencies'
import type { Trouble } from './group'
import { ownersOf } from './owners'

const MOST_VISITED = 3_000

/** @param targets the object, or all objects of a release */
export function causesFor(world: World, causes: readonly Cause[], targets: readonly Ref[]): Cause[] {
  const below = closure(world, targets)
  return causes.filter(({ trouble, effects }) => [trouble, ...effects].some((each) => concerns(world, each, below)))
}

/** The trouble is on an object of the target, or on one that depends directly on it. */
function concerns(world: World, { objects, found }: Trouble, below: ReadonlySet<string>): boolean {
  return objects.some(
    (object) =>
      below.has(keyOf(object)) ||
      ownersOf(world, object).some((owner) => below.has(keyOf(owner))) ||
      [...dependenciesOf(world, object), ...(found.because ?? [])].some((ref) => below.has(keyOf(ref))),
  )
}

function closure(world: World, targets: readonly Ref[]): Set<string> {
  const seen = new Set<string>()
  const queue = [...targets]
  for (const ref of queue) {
    if (seen.has(keyOf(ref)) || seen.size > MOST_VISITED) continue
    seen.add(keyOf(ref))
    queue.push(...dependenciesOf(world, ref))
  }
  return seen
}

/** Keeps the causes with a trouble in the namespace, or on the namespace itself: a node's matters where it breaks something. */
export function causesIn(causes: readonly Cause[], namespace: string): Cause[] {
  return causes.filter(({ trouble, effects }) =>
    [trouble, ...effects].some(({ objects }) =>
      objects.some((each) => each.namespace === namespace || (each.kind === 'Namespace' && each.name === namespace)),
    ),
  )
}
