/** The pods that the tables say. */
import { addressBook, type AddressBook } from '../objects/pods'
import { podTemplate } from '../objects/pod-template'
import { replicaSetName } from '../objects/replica-sets'
import type { Workload } from '../data/workload'
import { workloads } from '../data/workloads'
import type { PodSet, Slot } from './pod-set'
import { slotName } from './pod-set-changes'

/** @param startedAt milliseconds since the epoch */
export function initialPodSets(startedAt: number): PodSet[] {
  const addresses = addressBook()
  return workloads.map((row) => initialPodSet(row, startedAt, addresses))
}

function initialPodSet(row: Workload, startedAt: number, addresses: AddressBook): PodSet {
  const { kind, namespace, name, behaviour, log } = row
  const createdAt = startedAt - row.age * 1000
  const owner = kind === 'Deployment' ? replicaSetName(namespace, name) : name
  const slots = row.nodes.map((node, index): Slot => {
    const podIP = addresses(node)?.podIP ?? ''
    return {
      name: kind === 'StaticPod' ? `${name}-${node}` : slotName({ kind, namespace }, owner, index, index),
      node,
      index,
      // The pods of a Deployment come within seconds, those of a StatefulSet one after the other.
      createdAt: createdAt + index * (kind === 'StatefulSet' ? 8000 : 3000),
      address: Number(podIP.split('.').at(-1)),
    }
  })
  return {
    kind,
    namespace,
    name,
    row,
    revisions: [{ number: 1, owner, createdAt, template: podTemplate(row), behaviour, log, slots }],
    made: slots.length,
    scalings: kind === 'Deployment' ? [{ at: createdAt, owner, from: 0, to: slots.length }] : [],
    ordinals: kind === 'StatefulSet' ? slots.map((slot) => slot.createdAt) : [],
  }
}
