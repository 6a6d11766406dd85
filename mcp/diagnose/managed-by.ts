/** Who keeps the objects of findings, from the objects that the diagnosis has read anyway. */
import type { Finding } from '../../shared/findings'
import { groupOf } from '../../shared/kubernetes/api'
import { managedBy } from '../changes/managers'
import type { Reads } from '../changes/managers/reads'
import { refOf } from './ref'
import { ownersOf } from './chains/owners'
import type { Ref } from './types'
import type { World } from './world/world'

/** @returns undefined if nothing is known to keep it, or only its own workload does */
export async function keeperOf(world: World, ref: Ref): Promise<Finding['managedBy']> {
  // Up to the workload: what owns that, such as an operator's resource, is its keeper.
  const object = [ref, ...ownersOf(world, ref).filter(isBuiltIn)].flatMap((each) => world.find(each) ?? []).at(-1)
  if (!object) return undefined
  const { apiVersion = 'v1', kind = '' } = object
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1)
  const names = { plural: '', singular: '', shortNames: [], namespaced: object.metadata.namespace !== undefined }
  const keepers = await managedBy(
    object,
    { group: groupOf(apiVersion), version, kind, ...names, verbs: [] },
    readsOf(world),
  )
  return keepers.find(({ place }) => place) ?? keepers[0]
}

function isBuiltIn({ kind }: Ref): boolean {
  return /^(?:(?:apps|batch)\/|[^/]+$)/.test(kind)
}

/** Of a kind that was not read there is nothing to say. */
function readsOf(world: World): Reads {
  return {
    list: (kind, namespace, name) =>
      Promise.resolve({
        value: world
          .list(kind)
          .filter(
            ({ metadata }) =>
              (namespace === undefined || metadata.namespace === namespace) &&
              (name === undefined || metadata.name === name),
          ),
      }),
    object: (kind, namespace, name) => Promise.resolve({ value: world.find({ kind, namespace, name }) }),
    owners: (object) => Promise.resolve(ownersOf(world, refOf(object)).flatMap((owner) => world.find(owner) ?? [])),
    metadata: () => Promise.resolve({ value: { items: [], cut: false } }),
    count: () => Promise.resolve({ value: { count: 0, more: false } }),
    resources: () => Promise.resolve([]),
  }
}
