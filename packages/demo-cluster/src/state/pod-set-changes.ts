/** What controllers do with their pods: add, remove, replace, roll out another template. */
import { safeSuffix } from '../scene'
import { latest, START_DELAY_MS, type PodSet, type PodSource, type Revision, type Room, type Slot } from './pod-set'

/** When the pods of an older template go: those of the new one are ready then. */
const ROLLOUT_MS = START_DELAY_MS + 1000

/** The slots that stay, in the order in which they would be kept. */
function staying(revision: Revision): Slot[] {
  return revision.slots.filter(({ goneAt }) => goneAt === undefined).sort((a, b) => a.index - b.index)
}

function forgetGone(podSet: PodSet, now: number): void {
  for (const revision of podSet.revisions) {
    revision.slots = revision.slots.filter(({ goneAt }) => goneAt === undefined || goneAt > now)
  }
}

/** More pods of the latest template, or fewer: the youngest go first. */
export function resize(podSet: PodSet, replicas: number, now: number, room: Room): void {
  const revision = latest(podSet)
  if (!revision) return
  forgetGone(podSet, now)
  const slots = staying(revision)
  const wanted = Math.min(replicas, MAX_PODS)
  if (slots.length === wanted) return
  podSet.scalings.push({ at: now, owner: revision.owner, from: slots.length, to: replicas })
  for (const slot of slots.slice(wanted)) slot.goneAt = now
  const next = Math.max(-1, ...slots.map(({ index }) => index)) + 1
  for (let more = 0; more < wanted - slots.length; more += 1) {
    revision.slots.push(newSlot(podSet, revision, next + more, now, room))
  }
}

/** `revisionHistoryLimit`, its default, and the one in use. */
const MAX_REVISIONS = 11
/** Capacity of two workers: further pods are not created. */
const MAX_PODS = 200

/** A pod was deleted: its controller makes another. */
export function replace(podSet: PodSet, podName: string, now: number, room: Room): void {
  for (const revision of podSet.revisions) {
    const slot = revision.slots.find(({ name, goneAt }) => name === podName && (goneAt === undefined || goneAt > now))
    if (!slot) continue
    const wasStaying = slot.goneAt === undefined
    slot.goneAt = now
    // The pod of a completed Job has done its work.
    if (!wasStaying || podSet.kind === 'Job') continue
    const fresh = newSlot(podSet, revision, slot.index, now, room)
    revision.slots.push({
      ...fresh,
      ...((podSet.kind === 'DaemonSet' || podSet.kind === 'StaticPod') && { node: slot.node }),
      ...(podSet.kind === 'StaticPod' && { name: slot.name }),
    })
  }
}

/** Another template: its pods come at once, and the others go when those are ready. */
export function roll(podSet: PodSet, source: PodSource, owner: string, now: number, room: Room): void {
  forgetGone(podSet, now)
  const before = latest(podSet)
  const old = before ? staying(before) : []
  for (const slot of old)
    slot.goneAt = podSet.kind === 'StatefulSet' || podSet.kind === 'DaemonSet' ? now : now + ROLLOUT_MS
  const known = podSet.revisions.find((each) => each.owner === owner && podSet.kind === 'Deployment')
  const revision: Revision = known ?? { ...source, number: 0, owner, createdAt: now, slots: [] }
  revision.number = (before?.number ?? 0) + 1
  podSet.revisions = [...podSet.revisions.filter((each) => each !== known), revision].slice(-MAX_REVISIONS)
  if (before && old.length > 0) {
    podSet.scalings.push({ at: now, owner, from: 0, to: old.length })
    podSet.scalings.push({ at: now + ROLLOUT_MS, owner: before.owner, from: old.length, to: 0 })
  }
  for (const slot of old) {
    const fresh = newSlot(podSet, revision, slot.index, now, room)
    revision.slots.push(podSet.kind === 'DaemonSet' ? { ...fresh, node: slot.node } : fresh)
  }
}

function newSlot(podSet: PodSet, revision: Revision, index: number, now: number, room: Room): Slot {
  const made = podSet.made
  podSet.made += 1
  if (podSet.kind === 'StatefulSet') podSet.ordinals[index] ??= now
  const nodes = room.nodes()
  const node = revision.behaviour === 'too-big' ? '' : (nodes[made % nodes.length] ?? '')
  return { name: slotName(podSet, revision.owner, index, made), node, index, createdAt: now, ...room.nextPod() }
}

/** @param made counts all pods of the controller, so that no name comes twice */
export function slotName(
  podSet: Pick<PodSet, 'kind' | 'namespace'>,
  owner: string,
  index: number,
  made: number,
): string {
  if (podSet.kind === 'StatefulSet') return `${owner}-${index}`
  return `${owner}-${safeSuffix(`${podSet.namespace}/${owner}/${made}`, 5)}`
}
