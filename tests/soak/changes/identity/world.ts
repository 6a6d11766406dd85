/** The state of one run: objects in both clusters, a kubeconfig, a program, and the approved plan. */
import { join } from 'node:path'
import type { ChangePlan } from '../../../../shared/changes/change'
import type { Env } from '../../../support/app/program'
import { startMcpProgram } from '../../../support/mcp/program'
import type { McpProgram, McpSession } from '../../../support/mcp/program'
import { createLayout, LAYOUTS, twoContexts } from '../../identity/kubeconfig'
import type { Kubeconfig, Layout, LayoutName, UserEntry } from '../../identity/kubeconfig'
import type { Side } from '../../identity/side'
import type { Random } from '../../random'
import { planCall, runCall } from '../call'
import type { RunAnswer } from '../call'
import type { Recorder } from '../recorder'
import type { ChangeOperation, Place } from './operations'
import { CHART_FOLDER } from './operations'
import { loginOf } from './login'
import type { KnownLogin } from './login'

export interface WorldOptions {
  ours: Side
  theirs: Side
  /** A recorder before each cluster. */
  gates: { ours: Recorder; theirs: Recorder }
  operation: ChangeOperation
  place: Place
  random: Random
  /** An existing folder of this run. */
  folder: string
  /** Takes the current state as the one that a refusal must preserve. */
  refresh?: () => Promise<void>
}

export interface Start {
  /** The planning user, who must have write access; by default the operator, whose token both clusters accept. */
  login?: KnownLogin
  layout?: LayoutName
  /** Pinned to a context, URL and UID, as the application does. Random by default. */
  pinned?: boolean
  env?: Env
  /** Our user's entry, by default with its token. */
  user?: UserEntry
}

export class World {
  readonly options: WorldOptions
  layout: Layout
  config: Kubeconfig
  /** Logins that count as the planned user. */
  readonly logins = new Set<string>()
  /** Describes how the run was made. */
  way = ''
  private readonly programs: McpProgram[] = []
  private current: McpSession | undefined
  private env: Env = {}
  private approved: ChangePlan | undefined

  constructor(options: WorldOptions) {
    this.options = options
    this.layout = createLayout('in place', join(options.folder, 'unused'))
    this.config = twoContexts({ side: options.ours, user: {} }, { side: options.theirs, user: {} })
  }

  get ours(): Side {
    return this.options.ours
  }

  get theirs(): Side {
    return this.options.theirs
  }

  get gates(): WorldOptions['gates'] {
    return this.options.gates
  }

  get plan(): ChangePlan {
    if (!this.approved) throw new Error('nothing is planned')
    return this.approved
  }

  /** The variables by which the application pins the program. */
  get pins(): Env {
    return { KUBE_CONTEXT: 'ours', MCP_EXPECTED_SERVER: this.gates.ours.url, MCP_EXPECTED_UID: this.ours.uid }
  }

  /** Writes the kubeconfig and starts the program. */
  async start({ login, layout, pinned, env, user }: Start = {}): Promise<void> {
    const { random, folder } = this.options
    const known = login ?? (await this.operator())
    this.logins.add(loginOf(known))
    this.layout = createLayout(layout ?? random.pick(LAYOUTS), join(folder, 'kubeconfig'))
    this.write(this.kubeconfig(user ?? entryOf(known)))
    const isPinned = pinned ?? random.pick([true, false])
    this.way = `${this.options.operation.name}, ${this.layout.name}, ${isPinned ? 'pinned' : 'not pinned'}`
    this.env = { KUBECONFIG: this.layout.paths.join(':'), ...(isPinned && this.pins), ...env }
    await this.launch()
  }

  /** Starts a program, by default with the same environment; its session gets the calls from now on. */
  async launch(env: Env = this.env): Promise<McpProgram> {
    const { PATH, HOME, HELM_PATH } = process.env
    const common = { PATH, HOME, HELM_PATH, HELM_CHART_SOURCES: CHART_FOLDER }
    const program = await startMcpProgram({ transport: 'http', args: ['--writes'], env: { ...common, ...env } })
    this.programs.push(program)
    this.current = program.session
    return program
  }

  async kill(): Promise<void> {
    await this.programs.pop()?.kill()
    this.current = undefined
  }

  /** Opens a session with its own credentials; it gets the calls from now on. */
  async open(credentials: unknown): Promise<McpSession> {
    const program = this.programs.at(-1)
    if (!program) throw new Error('the program does not run')
    return (this.current = await program.open(credentials))
  }

  use(session: McpSession): void {
    this.current = session
  }

  get session(): McpSession {
    if (!this.current) throw new Error('the program does not run')
    return this.current
  }

  async makePlan(): Promise<void> {
    this.approved = await planCall(this.session, this.call)
  }

  /** Sends the approval. */
  async run(): Promise<RunAnswer> {
    return await runCall(this.session, this.call.tool, this.plan)
  }

  /** Call after the way itself has changed the objects of the run. */
  async refresh(): Promise<void> {
    await this.options.refresh?.()
  }

  write(config: Kubeconfig): void {
    this.config = config
    this.layout.write(config)
  }

  change(parts: Partial<Kubeconfig>): void {
    this.write({ ...this.config, ...parts })
  }

  /** Replaces our user's entry. */
  writeUser(user: UserEntry): void {
    this.change({ users: this.config.users.map((each) => (each.name === 'ours' ? { ...each, user } : each)) })
  }

  /** A login that both clusters accept, if one exists. */
  async operator(): Promise<KnownLogin> {
    const { token } = this.ours.api.user
    if (typeof token === 'string') return { token }
    return { token: (await this.ours.token('reader-1')).value }
  }

  /** The contexts `ours` and `theirs` with this user, through the recorders. */
  kubeconfig(user: UserEntry): Kubeconfig {
    const { ours, theirs, gates } = this.options
    const config = twoContexts({ side: ours, user }, { side: theirs, user })
    return {
      ...config,
      clusters: [
        { name: 'ours', cluster: behind(gates.ours.url) },
        { name: 'theirs', cluster: behind(gates.theirs.url) },
      ],
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.programs.map((each) => each.stop()))
  }

  private get call() {
    return this.options.operation.call(this.options.place)
  }
}

/** Accepts the certificates of both clusters: only the UID distinguishes them. */
export function behind(server: string): Record<string, unknown> {
  return { server, 'insecure-skip-tls-verify': true }
}

export function entryOf({ token, as }: KnownLogin): UserEntry {
  return { token, ...(as !== undefined && { as }) }
}
