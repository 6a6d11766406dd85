/** The pods of one controller: which there are, from which template, and since when. */
import type { LogScript } from '../data/logs'
import type { Behaviour, Workload } from '../data/workload'
import type { PodTemplate } from '../types'

/** From scheduling to the first start of the container, in milliseconds. */
export const START_DELAY_MS = 2000

/** What pods are made from. */
export interface PodSource {
  template: PodTemplate
  behaviour: Behaviour
  log: LogScript
}

/** One pod. Moments are in milliseconds since the epoch. */
export interface Slot {
  name: string
  /** Empty where no node takes it. */
  node: string
  /** Its ordinal in a StatefulSet; elsewhere its place in the order of creation. */
  index: number
  createdAt: number
  /** It is there until then. */
  goneAt?: number
  /** Host part of the pod's address; the pods of the tables are numbered node by node. */
  address: number
  /** Tells it from older pods of its name; absent for those of the tables. */
  serial?: number
}

/** The pods of one template: those of a ReplicaSet, or of one revision of another controller. */
export interface Revision extends PodSource {
  number: number
  /** Name of the ReplicaSet of a Deployment; else of the controller itself. */
  owner: string
  createdAt: number
  slots: Slot[]
}

export interface Scaling {
  at: number
  owner: string
  from: number
  to: number
}

export interface PodSet {
  kind: Workload['kind'] | 'ReplicaSet'
  namespace: string
  name: string
  /** Where the tables have it. */
  row?: Workload
  /** The latest last. */
  revisions: Revision[]
  /** How many slots were ever made. */
  made: number
  scalings: Scaling[]
  /** When each ordinal of a StatefulSet was first made: its claim stays when its pod goes. */
  ordinals: number[]
}

/** Where new pods go. */
export interface Room {
  /** What tells a new pod from all others. */
  nextPod: () => { serial: number; address: number }
  /** Names of the nodes that take pods: at least one. */
  nodes: () => string[]
}

/** The pods that are there at a moment. */
export function present(slots: Slot[], now: number): Slot[] {
  return slots.filter(({ createdAt, goneAt }) => createdAt <= now && (goneAt === undefined || goneAt > now))
}

export function latest(podSet: PodSet): Revision | undefined {
  return podSet.revisions.at(-1)
}
