/** The changes of one series: a namespace, a program with a recorder, and its objects. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { openKubeApi } from '../../../support/kube/kube-api'
import type { KubeApi } from '../../../support/kube/kube-api'
import { kubeconfigText } from '../../../support/cluster/kubeconfig'
import { adminToken } from '../../../support/cluster/recorded-cluster'
import { startMcpProgram } from '../../../support/mcp/program'
import type { McpProgram } from '../../../support/mcp/program'
import type { Random } from '../../random'
import { PlanRefused } from '../call'
import { createGadgets } from '../gadgets'
import type { Gadgets } from '../gadgets'
import { CHART_FOLDER, readObject } from '../identity/operations'
import { startRecorder } from '../recorder'
import type { Recorder } from '../recorder'
import { record } from '../busy/objects'
import type { Body } from '../busy/objects'
import { makeChange } from './check'
import type { Checker } from './check'
import { essence } from './compare'
import type { Kind, Step } from './kind'
import { gadgets, OTHERS } from './kinds/others'
import { WORKLOADS } from './kinds/workloads'
import { nodeLife, objectLife, releaseLife } from './lives'
import type { Life } from './lives'
import { createNode } from './node'
import { Values } from './values'

const RBAC = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings'

/** Time for controllers to finish their writes after a change. */
const QUIET_MS = 400
const SETTLE_MS = 20_000

export class RandomChanges {
  readonly violations: string[] = []
  readonly verbs = new Map<string, number>()
  readonly kinds = new Map<string, number>()
  readonly counts = { 'objects changed': 0, 'assigned values': 0, 'nothing to change': 0, 'asked again': 0 }
  private readonly lives: Life[] = []
  /** Lives that are due before the others get their next change. */
  private round: Life[] = []
  private made = 0

  private constructor(
    private readonly parts: Parts,
    private readonly random: Random,
    private readonly births: readonly Birth[],
    readonly hasNode: boolean,
  ) {}

  static async start(kubeconfig: string, random: Random, hasHelm: boolean): Promise<RandomChanges> {
    const parts = await openParts(kubeconfig)
    const { api, namespace, kinds } = parts
    const node = `soak-${namespace}`
    const hasNode = await createNode(api, node, namespace)
    const births: Birth[] = [
      ...kinds.map(
        (kind): Birth =>
          (name, values, made) =>
            objectLife(kind, { namespace, name }, values, made),
      ),
      ...(hasHelm ? [(name: string, values: Values) => releaseLife({ namespace, name }, values)] : []),
    ]
    const changes = new RandomChanges(parts, random, random.shuffle(births), hasNode)
    if (hasNode) changes.lives.push(nodeLife(node))
    return changes
  }

  /** First creates one of each kind, then changes each in random order. */
  async make(at: number): Promise<void> {
    const values = new Values(this.random.fork(`change ${at}`))
    for (;;) {
      const birth = this.births[this.made]
      const life = birth ? this.born(birth, values) : this.inTurn(at)
      const live = life.path === undefined ? undefined : await this.settled(life.path)
      const step = life.next(live)
      if (step) return this.check(at, life, step)
      this.lives.splice(this.lives.indexOf(life), 1)
      if (life.kind !== 'Node') this.born(values.pick(this.births), values)
    }
  }

  async close(): Promise<void> {
    const { api, namespace, program, recorder, definitions, folder } = this.parts
    await program.stop()
    await recorder.close()
    for (const path of [`/api/v1/namespaces/${namespace}`, `${RBAC}/${namespace}`, `/api/v1/nodes/soak-${namespace}`])
      await api.send('DELETE', path).catch(() => undefined)
    await definitions.remove()
    await api.close()
    await rm(folder, { recursive: true, force: true })
  }

  private inTurn(at: number): Life {
    if (this.round.length === 0) this.round = this.random.fork(`round ${at}`).shuffle(this.lives)
    const life = this.round.pop()
    if (!life) throw new Error('nothing lives')
    return life
  }

  private born(birth: Birth, values: Values): Life {
    const own = new Values(this.random.fork(`life ${++this.made} ${values.count(1, 9)}`))
    const life = birth(`change-${this.made}`, own, (verb) => this.verbs.get(verb) ?? 0)
    this.lives.push(life)
    return life
  }

  private async check(at: number, { kind }: Life, { verb, call }: Step): Promise<void> {
    const count = (all: Map<string, number>, name: string) => all.set(name, (all.get(name) ?? 0) + 1)
    count(this.verbs, verb)
    count(this.kinds, kind)
    const failed = (text: string) => this.violations.push(`change ${at + 1}, ${verb} of a ${kind}: ${text}`)
    try {
      const { problems, objects, assigned, askedAgain } = await makeChange(this.parts.checker, call)
      problems.forEach(failed)
      this.counts['objects changed'] += objects
      this.counts['assigned values'] += assigned
      this.counts['asked again'] += askedAgain
      if (objects === 0) this.counts['nothing to change']++
    } catch (error) {
      failed(
        error instanceof PlanRefused ? `${error.message} ${JSON.stringify(call.args).slice(0, 600)}` : String(error),
      )
    }
  }

  /** The object once its controllers are idle; undefined if it does not exist. */
  private async settled(path: string): Promise<Body | undefined> {
    const { api } = this.parts
    let last = await readObject(api, path)
    for (const end = Date.now() + SETTLE_MS; Date.now() < end;) {
      if (last === undefined) return undefined
      await delay(QUIET_MS)
      const next = await readObject(api, path)
      if (isDeepStrictEqual(essence(record(last)), essence(record(next))) && isObserved(record(next)))
        return record(next)
      last = next
    }
    throw new Error(`${path} never stays the same`)
  }
}

/** A workload's controller has observed it. */
function isObserved({ apiVersion, metadata, status }: Body): boolean {
  return apiVersion !== 'apps/v1' || record(status).observedGeneration === record(metadata).generation
}

type Birth = (name: string, values: Values, made: (verb: string) => number) => Life

interface Parts {
  api: KubeApi
  namespace: string
  /** Includes the most supported kind twice. */
  kinds: readonly Kind[]
  definitions: Gadgets
  recorder: Recorder
  program: McpProgram
  checker: Checker
  folder: string
}

async function openParts(kubeconfig: string): Promise<Parts> {
  const api = await openKubeApi(kubeconfig)
  const id = randomUUID().slice(0, 8)
  const namespace = `assistant-changes-${id}`
  await api.send('POST', '/api/v1/namespaces', { metadata: { name: namespace } })
  const definitions = await createGadgets(api, id)
  const kinds = [...WORKLOADS, ...OTHERS, gadgets(definitions.group), ...WORKLOADS.slice(0, 1)]
  const recorder = await startRecorder(api)
  const folder = await mkdtemp(join(tmpdir(), `${namespace}-`))
  const path = join(folder, 'kubeconfig')
  const user = { token: await adminToken(api, namespace) }
  const ca = join(folder, 'ca.crt')
  await writeFile(ca, recorder.ca)
  await writeFile(path, kubeconfigText([{ context: 'soak', server: recorder.url, user, ca }]))
  const { PATH, HOME, HELM_PATH } = process.env
  const env = { PATH, HOME, HELM_PATH, KUBECONFIG: path, HELM_CHART_SOURCES: CHART_FOLDER }
  const program = await startMcpProgram({ transport: 'http', args: ['--writes'], env })
  const collection = collections(kinds)
  const checker = { session: program.session, api, recorder, collection }
  return { api, namespace, kinds, definitions, recorder, program, checker, folder }
}

function collections(kinds: readonly Kind[]): Checker['collection'] {
  return (apiVersion, kind, namespace = '') => {
    if (kind === 'Node') return '/api/v1/nodes'
    if (kind === 'Pod') return `/api/v1/namespaces/${namespace}/pods`
    const found = kinds.find((each) => each.apiVersion === apiVersion && each.kind === kind)
    if (!found) throw new Error(`the series does not know ${apiVersion} ${kind}`)
    return found.collection(namespace)
  }
}
