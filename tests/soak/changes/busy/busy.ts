/** One change of an object that another writer updates continuously. */
import { setTimeout as delay } from 'node:timers/promises'
import { at } from '../../../../shared/kubernetes/fields'
import type { KubeApi } from '../../../support/kube/kube-api'
import type { McpSession } from '../../../support/mcp/program'
import type { Random } from '../../random'
import { planCall, runCall } from '../call'
import type { ChangeCall } from '../call'
import type { Place } from '../identity/operations'
import { read } from './objects'
import type { Target } from './objects'

export interface BusyObject {
  target: Target
  place: Place
  /** Path of its replica count. */
  replicas: string
  /** A patch to this value, and the field that shows it. */
  patch: (value: number) => { patch: object; path: string[]; shows: unknown }
}

/** Maximum time to read the card, in milliseconds. */
const READING_MS = 1200

/** @returns why it failed; undefined if the change was made */
export async function tryBusy(
  session: McpSession,
  api: KubeApi,
  { target, place, replicas, patch }: BusyObject,
  at_: number,
  random: Random,
): Promise<string | undefined> {
  const now = await read(api, target)
  const isScaling = at_ % 2 === 0
  const size = at(now, 'spec', replicas) === 1 ? 2 : 1
  const { path, shows, ...patched } = patch(at_)
  const call: ChangeCall = isScaling
    ? { tool: 'kubectl_scale', args: { resource: target.resource, ...place, replicas: size } }
    : { tool: 'kubectl_patch', args: { resource: target.resource, ...place, ...patched } }
  const plan = await planCall(session, call)
  await delay(random.next() * READING_MS)
  const { status, text } = await runCall(session, call.tool, plan)
  if (status !== 'done') return `${call.tool}: ${status}: ${text.slice(0, 300)}`
  const after = await read(api, target)
  const [seen, expected] = isScaling ? [at(after, 'spec', replicas), size] : [at(after, ...path), shows]
  return seen === expected ? undefined : `${call.tool}: done, and the object shows ${JSON.stringify(seen)}`
}
