/** The owner chain of an object, as far as it was read. */
import { ownerOf } from '../../kubernetes/read/owners'
import { kindId } from '../ref'
import type { Ref } from '../types'
import type { World } from '../world/world'

const MOST = 6

/** Nearest first. */
export function ownersOf(world: World, ref: Ref): Ref[] {
  const chain: Ref[] = []
  let current = world.find(ref)
  while (current && chain.length < MOST) {
    const owner = ownerOf(current)
    if (!owner) break
    const above = { kind: kindId(owner.apiVersion, owner.kind), namespace: ref.namespace, name: owner.name }
    chain.push(above)
    current = world.find(above)
  }
  return chain
}

/** The outermost owner, or the object itself. */
export function topOwner(world: World, ref: Ref): Ref {
  return ownersOf(world, ref).at(-1) ?? ref
}
