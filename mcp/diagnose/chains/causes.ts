/** Puts causes before effects: each trouble is traced along what its object depends on. */
import { keyOf } from '../ref'
import type { Ref } from '../types'
import type { World } from '../world/world'
import { dependenciesOf } from './dependencies'
import type { Trouble } from './group'

export interface Cause {
  trouble: Trouble
  /** What it breaks, nearest first. */
  effects: Trouble[]
}

/** Objects visited for one trouble: a Service may have thousands of pods. */
const MOST_VISITED = 3_000

type Explanations = ReadonlyMap<Trouble, ReadonlySet<Trouble>>

/** @returns troubles that no other one explains, with those that they explain */
export function causesOf(world: World, troubles: readonly Trouble[]): Cause[] {
  const byObject = new Map<string, Trouble[]>()
  for (const trouble of troubles)
    for (const object of trouble.objects) {
      const list = byObject.get(keyOf(object))
      if (list) list.push(trouble)
      else byObject.set(keyOf(object), [trouble])
    }
  const explanations = new Map(troubles.map((trouble) => [trouble, explanationsOf(world, trouble, byObject)]))
  const effects = new Map<Trouble, { trouble: Trouble; distance: number }[]>()
  for (const trouble of troubles) {
    for (const [root, distance] of rootsOf(trouble, explanations)) {
      const list = effects.get(root) ?? []
      effects.set(root, list)
      if (root !== trouble) list.push({ trouble, distance })
    }
  }
  return [...effects]
    .filter(([{ found }]) => !found.onlyAsEffect)
    .map(([trouble, list]) => ({
      trouble,
      effects: list.sort((one, other) => one.distance - other.distance).map((each) => each.trouble),
    }))
}

/** Troubles on the objects that this one's object leads to, and stronger ones on the object itself. */
function explanationsOf(
  world: World,
  trouble: Trouble,
  byObject: ReadonlyMap<string, readonly Trouble[]>,
): Set<Trouble> {
  const found = new Set<Trouble>()
  for (const object of trouble.objects)
    for (const other of byObject.get(keyOf(object)) ?? [])
      if (other !== trouble && other.check.explains?.includes(trouble.check.id)) found.add(other)
  const queue: Ref[] = trouble.found.because?.slice() ?? trouble.objects.flatMap((each) => dependenciesOf(world, each))
  const seen = new Set(trouble.objects.map(keyOf))
  for (const ref of queue) {
    const key = keyOf(ref)
    if (seen.has(key) || seen.size > MOST_VISITED) continue
    seen.add(key)
    const there = (byObject.get(key) ?? []).filter((other) => other !== trouble)
    for (const other of there) found.add(other)
    // What explains the trouble there is found from there.
    if (there.length === 0) queue.push(...dependenciesOf(world, ref))
  }
  return found
}

/** The troubles at the ends of all chains of explanations, with their distances; the trouble itself if none explains it. */
function rootsOf(trouble: Trouble, explanations: Explanations): Map<Trouble, number> {
  const distances = distancesFrom([trouble], explanations)
  const ends = [...distances].filter(([each]) => (explanations.get(each)?.size ?? 0) === 0)
  if (ends.length > 0) return new Map(ends)
  // Troubles that explain each other: none of them is the cause of the others.
  const ring = [...distances].filter(([each]) => !each.found.onlyAsEffect && explainsItself(each, explanations))
  return ring.length === 0 || ring.some(([each]) => each === trouble) ? new Map([[trouble, 0]]) : new Map(ring)
}

function distancesFrom(troubles: Iterable<Trouble>, explanations: Explanations): Map<Trouble, number> {
  const distances = new Map([...troubles].map((each) => [each, 0]))
  for (const [each, distance] of distances)
    for (const other of explanations.get(each) ?? []) if (!distances.has(other)) distances.set(other, distance + 1)
  return distances
}

function explainsItself(trouble: Trouble, explanations: Explanations): boolean {
  return distancesFrom(explanations.get(trouble) ?? [], explanations).has(trouble)
}
