/** One run: plan, a change of the environment, approval, and the state of both clusters. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { KubeApi } from '../../../support/kube/kube-api'
import type { Sides } from '../../identity/sides'
import type { Random } from '../../random'
import type { RunAnswer } from '../call'
import { startRecorder } from '../recorder'
import type { RecordedWrite } from '../recorder'
import { loginOf } from './login'
import type { ChangeOperation, Place } from './operations'
import { createPlace } from './place'
import { snapshot } from './snapshot'
import { userOf } from './user'
import type { Way } from './way'
import { World } from './world'

/** Counts over all runs. */
export interface Tally {
  done: number
  refused: number
  /** Refused at first, and carried out after the environment was restored. */
  restored: number
  /** Runs for which both outcomes are allowed. */
  either: Record<string, number>
  foreignCluster: number
  foreignUser: number
}

export function newTally(): Tally {
  return { done: 0, refused: 0, restored: 0, either: {}, foreignCluster: 0, foreignUser: 0 }
}

export interface RunRequest {
  at: number
  way: Way
  operation: ChangeOperation
  sides: Sides
  random: Random
  tally: Tally
}

/** @returns the violations */
export async function runWay({ at, way, operation, sides, random, tally }: RunRequest): Promise<string[]> {
  const { ours, theirs } = sides
  const folder = await mkdtemp(join(tmpdir(), 'k8s-ai-assistant-change-'))
  const own = way.ownNamespace ?? false
  const name = `run-${at}-x`
  const place: Place = { namespace: own ? `${ours.namespace}-${at}` : ours.namespace, name }
  const gates = { ours: await startRecorder(ours.api), theirs: await startRecorder(theirs.api) }
  const world = new World({ ours, theirs, gates, operation, place, random, folder })
  const check = new Check(world, tally)
  try {
    await Promise.all([ours, theirs].map(({ api }) => createPlace(api, operation, place, own)))
    await check.run(way)
  } catch (error) {
    check.violations.push(`ended: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  } finally {
    await world.close()
    await way.remove?.(world)
    if (own)
      for (const { api } of [ours, theirs])
        await api.send('DELETE', `/api/v1/namespaces/${place.namespace}`).catch(() => undefined)
    await Promise.all([gates.ours.close(), gates.theirs.close(), rm(folder, { recursive: true, force: true })])
  }
  return check.violations.map((text) => `${way.name} (${world.way}): ${text}`)
}

/** Time for a Deployment's controller to finish its writes. */
const SETTLE_MS = 20_000
const POLL_MS = 150

class Check {
  readonly violations: string[] = []
  private before = { ours: '', theirs: '' }

  constructor(
    private readonly world: World,
    private readonly tally: Tally,
  ) {}

  async run(way: Way): Promise<void> {
    const { world } = this
    world.options.refresh = () => this.refresh()
    await (way.start?.(world) ?? world.start())
    await world.makePlan()
    await this.checkCard()
    await this.refresh()
    await way.between(world)
    const answer = await this.approve(way)
    await this.checkWrites()
    if (way.expected === 'done') await this.expectDone('', answer)
    else if (way.expected === 'either') await this.expectEither(answer)
    else await this.expectRefused(way.expected.refused, answer)
    if (!way.restore || this.violations.length > 0) return
    await way.restore(world)
    await this.expectDone('after it was as before: ', await world.run())
    await this.checkWrites()
    this.tally.restored++
  }

  private async approve({ during, expected }: Way): Promise<RunAnswer> {
    const { world } = this
    let ended = false
    const going = during?.(world, () => ended)
    try {
      return await world.run()
    } catch (error) {
      // The program was killed; the clusters show what it did.
      if (expected !== 'either') throw error
      return { status: 'unknown', codes: ['no-answer'], text: String(error), outcome: undefined }
    } finally {
      ended = true
      await going
    }
  }

  /** The state that a refusal must preserve. */
  private async refresh(): Promise<void> {
    const [ours, theirs] = await Promise.all([this.settled(this.world.ours.api), this.settled(this.world.theirs.api)])
    this.before = { ours, theirs }
  }

  private async settled(api: KubeApi): Promise<string> {
    let last = await this.snapshot(api)
    for (const end = Date.now() + SETTLE_MS; Date.now() < end;) {
      await delay(POLL_MS)
      const next = await this.snapshot(api)
      if (next === last) return next
      last = next
    }
    throw new Error('the objects of the run never stay the same')
  }

  private snapshot(api: KubeApi): Promise<string> {
    return snapshot(api, this.world.options.place)
  }

  private async checkCard(): Promise<void> {
    const { plan, ours, gates, logins } = this.world
    const [login] = logins
    const { server, user, uidOf } = plan.identity
    if (server !== gates.ours.url) this.violations.push(`the card names the API server ${server}`)
    if (uidOf === 'kube-system' && plan.identity.uid !== ours.uid) this.violations.push('the card has another UID')
    const expected = login === undefined ? undefined : await userOf(ours.api, login)
    if (user !== expected && !user.startsWith('unknown '))
      this.violations.push(`the card names the user ${user}, which is ${expected}`)
    if (plan.objects.every(({ diff }) => diff === '')) this.violations.push('the card shows no change')
  }

  /** Allows writes only to our cluster and with a login of the card's user. */
  private async checkWrites(): Promise<void> {
    const { world, tally } = this
    const { ours, theirs, gates } = world
    for (const each of [...gates.ours.writes, ...gates.theirs.writes]) {
      if (each.server !== ours.api.server) {
        tally.foreignCluster++
        this.violations.push(`WRITTEN ON THE OTHER CLUSTER: ${each.request}`)
      }
      if (!world.logins.has(loginOf(each))) {
        tally.foreignUser++
        this.violations.push(`WRITTEN AS ANOTHER USER: ${each.request}`)
      }
    }
    const after = await this.snapshot(theirs.api)
    if (after !== this.before.theirs) {
      tally.foreignCluster++
      this.violations.push(`THE OTHER CLUSTER CHANGED: ${this.before.theirs} → ${after}`)
    }
  }

  private async expectDone(when: string, { status, text }: RunAnswer): Promise<void> {
    if (status !== 'done') this.violations.push(`${when}expected the change, got ${status}: ${text.slice(0, 400)}`)
    else if (!(await this.happened())) this.violations.push(`${when}the cluster does not show the change`)
    else if (when === '') this.tally.done++
  }

  private async expectRefused(codes: readonly string[], { status, codes: got, text }: RunAnswer): Promise<void> {
    const isRefused = status === 'refused' || status === 'failed'
    if (!isRefused || !got.some((code) => codes.includes(code)))
      this.violations.push(`expected a refusal by ${codes.join()}, got ${status}: ${text.slice(0, 400)}`)
    await this.expectUntouched()
    this.tally.refused++
  }

  private async expectEither({ status, text }: RunAnswer): Promise<void> {
    this.tally.either[status] = (this.tally.either[status] ?? 0) + 1
    switch (status) {
      case 'done':
        if (!(await this.happened()))
          this.violations.push(`the cluster does not show the change: ${text.slice(0, 400)}`)
        return
      case 'unknown':
      case 'partly':
        return
      case 'refused':
      case 'changed':
      case 'failed':
        await this.expectUntouched()
    }
  }

  private async expectUntouched(): Promise<void> {
    const { ours, gates } = this.world
    if (gates.ours.writes.length > 0)
      this.violations.push(`it was refused, and written: ${requests(gates.ours.writes)}`)
    const after = await this.snapshot(ours.api)
    if (after !== this.before.ours) this.violations.push(`it was refused, and changed: ${this.before.ours} → ${after}`)
  }

  private happened(): Promise<boolean> {
    const { operation, place } = this.world.options
    return operation.happened(this.world.ours.api, place)
  }
}

function requests(writes: readonly RecordedWrite[]): string {
  return writes.map(({ request }) => request).join(', ')
}
