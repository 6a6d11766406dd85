/** More pods, fewer, others: what controllers do with the pods of a crew. */
import { safeSuffix } from '../scene'
import { latest, START_DELAY_MS, type Crew, type PodSource, type Revision, type Room, type Slot } from './crew'

/** When the pods of an older template go: those of the new one are ready then. */
const ROLLOUT_MS = START_DELAY_MS + 1000

/** The slots that stay, in the order in which they would be kept. */
function staying(revision: Revision): Slot[] {
  return revision.slots.filter(({ goneAt }) => goneAt === undefined).sort((a, b) => a.index - b.index)
}

function forgetGone(crew: Crew, now: number): void {
  for (const revision of crew.revisions) {
    revision.slots = revision.slots.filter(({ goneAt }) => goneAt === undefined || goneAt > now)
  }
}

/** More pods of the latest template, or fewer: the youngest go first. */
export function resize(crew: Crew, replicas: number, now: number, room: Room): void {
  const revision = latest(crew)
  if (!revision) return
  forgetGone(crew, now)
  const slots = staying(revision)
  const wanted = Math.min(replicas, MAX_PODS)
  if (slots.length === wanted) return
  crew.scalings.push({ at: now, owner: revision.owner, from: slots.length, to: replicas })
  for (const slot of slots.slice(wanted)) slot.goneAt = now
  const next = Math.max(-1, ...slots.map(({ index }) => index)) + 1
  for (let more = 0; more < wanted - slots.length; more += 1) {
    revision.slots.push(newSlot(crew, revision, next + more, now, room))
  }
}

/** `revisionHistoryLimit`, its default, and the one in use. */
const MAX_REVISIONS = 11
/** What two workers take: who asks for more gets no more. */
const MAX_PODS = 200

/** A pod was deleted: its controller makes another. */
export function replace(crew: Crew, podName: string, now: number, room: Room): void {
  for (const revision of crew.revisions) {
    const slot = revision.slots.find(({ name, goneAt }) => name === podName && (goneAt === undefined || goneAt > now))
    if (!slot) continue
    const wasStaying = slot.goneAt === undefined
    slot.goneAt = now
    // The pod of a completed Job has done its work.
    if (!wasStaying || crew.kind === 'Job') continue
    const fresh = newSlot(crew, revision, slot.index, now, room)
    revision.slots.push({
      ...fresh,
      ...((crew.kind === 'DaemonSet' || crew.kind === 'StaticPod') && { node: slot.node }),
      ...(crew.kind === 'StaticPod' && { name: slot.name }),
    })
  }
}

/** Another template: its pods come at once, and the others go when those are ready. */
export function roll(crew: Crew, source: PodSource, owner: string, now: number, room: Room): void {
  forgetGone(crew, now)
  const before = latest(crew)
  const old = before ? staying(before) : []
  for (const slot of old)
    slot.goneAt = crew.kind === 'StatefulSet' || crew.kind === 'DaemonSet' ? now : now + ROLLOUT_MS
  const known = crew.revisions.find((each) => each.owner === owner && crew.kind === 'Deployment')
  const revision: Revision = known ?? { ...source, number: 0, owner, createdAt: now, slots: [] }
  revision.number = (before?.number ?? 0) + 1
  crew.revisions = [...crew.revisions.filter((each) => each !== known), revision].slice(-MAX_REVISIONS)
  if (before && old.length > 0) {
    crew.scalings.push({ at: now, owner, from: 0, to: old.length })
    crew.scalings.push({ at: now + ROLLOUT_MS, owner: before.owner, from: old.length, to: 0 })
  }
  for (const slot of old) {
    const fresh = newSlot(crew, revision, slot.index, now, room)
    revision.slots.push(crew.kind === 'DaemonSet' ? { ...fresh, node: slot.node } : fresh)
  }
}

function newSlot(crew: Crew, revision: Revision, index: number, now: number, room: Room): Slot {
  const made = crew.made
  crew.made += 1
  if (crew.kind === 'StatefulSet') crew.ordinals[index] ??= now
  const nodes = room.nodes()
  const node = revision.behaviour === 'too-big' ? '' : (nodes[made % nodes.length] ?? '')
  return { name: slotName(crew, revision.owner, index, made), node, index, createdAt: now, ...room.nextPod() }
}

/** @param made counts all pods of the controller, so that no name comes twice */
export function slotName(crew: Pick<Crew, 'kind' | 'namespace'>, owner: string, index: number, made: number): string {
  if (crew.kind === 'StatefulSet') return `${owner}-${index}`
  return `${owner}-${safeSuffix(`${crew.namespace}/${owner}/${made}`, 5)}`
}
