/** One change of an object that differs from its card: nothing may be written, and the new plan must work. */
import { setTimeout as delay } from 'node:timers/promises'
import { ApiError } from '../../../support/kube/kube-api'
import type { KubeApi } from '../../../support/kube/kube-api'
import type { McpSession } from '../../../support/mcp/program'
import { planCall, runCall } from '../call'
import type { Place } from '../identity/operations'
import type { Meddling } from './meddling'
import { create, read, versionOf } from './objects'
import type { Target } from './objects'

const POLL_MS = 100
const SETTLE_MS = 15_000

/** @returns why it failed; undefined if the program asked again */
export async function tryMeddled(
  session: McpSession,
  api: KubeApi,
  { name, isAbsent, target: targetOf, call: callOf, meddle, refused }: Meddling,
  place: Place,
  group: string,
): Promise<string | undefined> {
  const target = targetOf(place, group)
  const call = callOf(place, target)
  const failed = (why: string) => `${name} (${call.tool}): ${why}`
  if (!isAbsent) await create(api, target)
  await settled(api, target)
  const plan = await planCall(session, call)
  await meddle(api, target)
  const before = await settled(api, target)
  const { status, codes, text, outcome } = await runCall(session, call.tool, plan)
  const after = await version(api, target)
  if (before !== after) return failed(`it was written, and the answer was ${status}: ${text.slice(0, 300)}`)
  if (refused !== undefined)
    return codes.includes(refused) ? undefined : failed(`expected ${refused}, got ${status}: ${text.slice(0, 300)}`)
  const next = outcome?.plan
  if (status !== 'changed' || !next) return failed(`it did not ask again: ${status}: ${text.slice(0, 300)}`)
  if (next.digest === plan.digest) return failed('the new plan has the digest of the first one')
  const again = await runCall(session, call.tool, next)
  return again.status === 'done' ? undefined : failed(`the new plan: ${again.status}: ${again.text.slice(0, 300)}`)
}

/** Its version once its controller is idle. */
async function settled(api: KubeApi, target: Target): Promise<string> {
  let last = await version(api, target)
  for (const end = Date.now() + SETTLE_MS; Date.now() < end;) {
    await delay(POLL_MS)
    const next = await version(api, target)
    if (next === last) return next
    last = next
  }
  throw new Error(`${target.path} never stays the same`)
}

async function version(api: KubeApi, target: Target): Promise<string> {
  try {
    return versionOf(await read(api, target))
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return 'absent'
    throw error
  }
}
