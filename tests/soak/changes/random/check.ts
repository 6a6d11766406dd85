/** Makes one change and compares each object of its card with the cluster. */
import { isDeepStrictEqual } from 'node:util'
import type { ChangeOutcome, ChangePlan, PlannedObject } from '../../../../shared/changes/change'
import type { KubeApi } from '../../../support/kube/kube-api'
import type { McpSession } from '../../../support/mcp/program'
import { readObject } from '../identity/operations'
import { planCall, runCall } from '../call'
import type { ChangeCall } from '../call'
import type { Recorder } from '../recorder'
import { record } from '../busy/objects'
import type { Body } from '../busy/objects'
import { differences, essence, notAsShown, shownAfter } from './compare'
import { checkRelease, releaseBefore } from './helm-release'
import { observe } from './observer'
import type { Observer } from './observer'

export interface Checker {
  session: McpSession
  api: KubeApi
  /** Records the program's writes. */
  recorder: Recorder
  /** Path of a kind's list. */
  collection: (apiVersion: string, kind: string, namespace: string | undefined) => string
}

export interface CheckedChange {
  problems: string[]
  plan: ChangePlan
  outcome: ChangeOutcome | undefined
  /** Objects that the change altered. */
  objects: number
  /** Values that the card marks as assigned by the cluster. */
  assigned: number
  askedAgain: number
}

/** Maximum plans for one change: a controller may write between card and approval. */
const MAX_PLANS = 4
/** Time for a watch to report a write. */
const SEEN_MS = 15_000

/** @throws PlanRefused */
export async function makeChange(checker: Checker, call: ChangeCall): Promise<CheckedChange> {
  const { session, api, recorder } = checker
  let plan = await planCall(session, call)
  for (let plans = 1; ; plans++) {
    const watched = await Promise.all(plan.objects.map((each) => Watched.start(checker, call.tool, each)))
    const release = await releaseBefore(api, plan)
    const unshown = await unshownObjects(checker, plan)
    recorder.writes.length = 0
    try {
      const { status, outcome, text } = await runCall(session, call.tool, plan)
      if (status === 'changed' && outcome?.plan && plans < MAX_PLANS) {
        plan = outcome.plan
        continue
      }
      const problems = [...plan.objects.entries()].map(([index, each]) => watched[index]?.check(each, outcome))
      const found = (await Promise.all(problems)).flat().flatMap((each) => each ?? [])
      found.push(...(await checkRelease(api, plan, release)))
      found.push(...unshownWrites(checker, plan, unshown))
      const now = await unshownObjects(checker, plan)
      for (const [path, before] of unshown)
        found.push(...[differences(before, now.get(path))].filter(Boolean).map((each) => `${path}: ${each}`))
      if (status !== 'done') found.unshift(`${status}: ${text.slice(0, 500)}`)
      const objects = plan.objects.filter(({ diff }) => diff !== '').length
      const assigned = plan.objects.reduce((sum, each) => sum + each.assigned.length, 0)
      return { problems: found, plan, outcome, objects, assigned, askedAgain: plans - 1 }
    } finally {
      watched.forEach((each) => each.stop())
    }
  }
}

/** Objects of a release that the card omits: Helm writes them too, but must not change them. */
async function unshownObjects({ api, collection }: Checker, plan: ChangePlan): Promise<Map<string, Body>> {
  const release = plan.objects.find(({ kind }) => kind === 'HelmRelease')
  if (!release || release.verb !== 'update') return new Map()
  const { namespace, name } = release
  const paths = [
    `${collection('apps/v1', 'Deployment', namespace)}/${name}`,
    `${collection('v1', 'Service', namespace)}/${name}`,
    `${collection('v1', 'ConfigMap', namespace)}/${name}-page`,
  ]
  const shown = plan.objects.map((each) => {
    const list = each.kind === 'HelmRelease' ? '' : collection(each.apiVersion, each.kind, each.namespace)
    return `${list}/${each.name}`
  })
  const found = paths
    .filter((path) => !shown.includes(path))
    .map(async (path): Promise<[string, Body]> => [path, essence(record(await readObject(api, path)))])
  return new Map(await Promise.all(found))
}

/** Writes to objects that are not on the card. A Helm release's records belong to the card. */
function unshownWrites({ recorder, collection }: Checker, plan: ChangePlan, unshown: Map<string, Body>): string[] {
  const allowed = plan.objects.flatMap(({ apiVersion, kind, namespace, name, diff }) => {
    if (kind === 'HelmRelease') return [`/api/v1/namespaces/${namespace}/secrets`]
    if (diff === '') return []
    const list = collection(apiVersion, kind, namespace)
    return [list, `${list}/${name}`, `${list}/${name}/scale`, `${list}/${name}/eviction`]
  })
  return recorder.writes
    .map(({ request }) => request)
    .filter((request) => {
      const path = request.replace(/^\S+ /, '').replace(/\?.*/, '')
      return !allowed.includes(path) && !unshown.has(path) && !/\/secrets\/sh\.helm\.release\.v1\./.test(path)
    })
    .map((request) => `it wrote what the card does not show: ${request}`)
}

class Watched {
  private constructor(
    private readonly api: KubeApi,
    private readonly path: string,
    private readonly observer: Observer | undefined,
    private readonly scale: Body | undefined,
  ) {}

  static async start({ api, collection }: Checker, tool: string, object: PlannedObject): Promise<Watched> {
    const { apiVersion, kind, namespace, name } = object
    if (kind === 'HelmRelease') return new Watched(api, '', undefined, undefined)
    const list = collection(apiVersion, kind, namespace)
    const path = `${list}/${name}`
    const observer = await observe(api, list, name === '' ? undefined : name)
    const scale = tool === 'kubectl_scale' ? record(await api.send('GET', `${path}/scale`)) : undefined
    return new Watched(api, path, observer, scale)
  }

  async check(planned: PlannedObject, outcome: ChangeOutcome | undefined): Promise<string[]> {
    if (!this.observer) return []
    const about = `${planned.verb} ${planned.kind} ${planned.name}: `
    try {
      return (await this.problems(planned, this.observer, outcome)).map((each) => about + each)
    } catch (error) {
      return [about + (error instanceof Error ? error.message : String(error))]
    }
  }

  stop(): void {
    this.observer?.stop()
  }

  private async problems(planned: PlannedObject, observer: Observer, outcome: ChangeOutcome | undefined) {
    const { verb, uid, diff } = planned
    const { before } = observer
    if (before && uid !== undefined && record(before.metadata).uid !== uid) return ['the card has another UID']
    switch (verb) {
      case 'create':
        return before ? ['it existed before'] : this.compared(planned, observer, shownAfter(undefined, diff))
      case 'update': {
        if (!before) return ['it did not exist before']
        if (this.scale) return this.scaled(planned, before, this.scale)
        return this.compared(planned, observer, shownAfter(before, diff))
      }
      case 'delete':
      case 'evict': {
        if (!before) return ['it did not exist before']
        if (shownAfter(before, diff) !== undefined) return ['the card does not show that it goes']
        const state = outcome?.objects.find(({ kind, name }) => kind === planned.kind && name === planned.name)?.state
        const now = await readObject(this.api, this.path)
        const isGone = now === undefined || record(record(now).metadata).uid !== uid
        if (state === 'deleted') return isGone ? [] : ['it is said to be deleted, and is there']
        if (state === 'terminating') return []
        return [`its state is ${state}`]
      }
    }
  }

  /** The first differing version is the change's result: controllers write later. */
  private async compared(planned: PlannedObject, observer: Observer, shown: Body | undefined): Promise<string[]> {
    if (!shown) return ['the card shows no object after the change']
    const { before, versions } = observer
    const differs = (version: Body | undefined) =>
      version === undefined || !before || !isDeepStrictEqual(essence(version), essence(before))
    if (planned.diff === '') {
      const other = versions.find(differs)
      return other === undefined
        ? []
        : [`the card shows no change: ${differences(essence(before ?? {}), essence(other))}`]
    }
    if (!(await observer.until(differs, SEEN_MS))) return ['the cluster shows no change']
    const first = versions.find(differs)
    if (first === undefined) return ['it was deleted']
    const problem = notAsShown(shown, first, planned.assigned)
    return problem === undefined ? [] : [problem]
  }

  /** The card shows the replica count; nothing else of the object may change. */
  private async scaled(planned: PlannedObject, before: Body, scale: Body): Promise<string[]> {
    const shown = shownAfter(scale, planned.diff)
    if (!shown) return ['the card shows no number of replicas']
    const now = record(await this.api.send('GET', `${this.path}/scale`))
    const problem = notAsShown(shown, now, planned.assigned)
    // The API omits a count of 0.
    const replicas = record(shown.spec).replicas ?? 0
    const after = essence(record(await this.api.send('GET', this.path)))
    const changed = differences(essence(before), after)
      .split('; ')
      .filter((each) => !each.endsWith(`is ${String(replicas)}`))
    const others = changed.filter((each) => each !== '' && !each.includes('deployment.kubernetes.io'))
    return [...(problem === undefined ? [] : [problem]), ...others.map((each) => `also changed: ${each}`)]
  }
}
