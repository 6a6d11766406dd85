/** The state of one run: a kubeconfig, an MCP program on it, its questions and expectations. */
import { join } from 'node:path'
import { startMcpProgram } from '../../support/mcp/program'
import type { McpProgram, McpSession } from '../../support/mcp/program'
import type { Env } from '../../support/app/program'
import type { Random } from '../random'
import { createLayout, LAYOUTS, twoContexts } from './kubeconfig'
import type { Kubeconfig, Layout, LayoutName, UserEntry } from './kubeconfig'
import { ask } from './questions'
import type { Side } from './side'

/** Totals over all runs. */
export interface Tally {
  questions: number
  ours: number
  theirs: number
  refused: number
  renewed: number
}

export interface WorldOptions {
  ours: Side
  theirs: Side
  random: Random
  /** An existing folder of this run. */
  folder: string
  tally: Tally
}

export interface Start {
  /** Our user's entry as the program reads it. */
  user: UserEntry
  layout?: LayoutName
  transport?: 'stdio' | 'http'
  env?: Env
  wrap?: (command: string[]) => string[]
  /** Adjusts the kubeconfig before it is first written. */
  adjust?: (config: Kubeconfig) => Kubeconfig
  /** The program's URL of our cluster. */
  server?: string
}

export class World {
  readonly options: WorldOptions
  readonly violations: string[] = []
  /** Describes how the run was made. */
  way = ''
  layout: Layout
  /** As last written. */
  config: Kubeconfig
  private program: McpProgram | undefined
  private started: Start & { transport: 'stdio' | 'http' } = { user: {}, transport: 'stdio' }
  private server: string

  constructor(options: WorldOptions) {
    this.options = options
    const { ours, theirs } = options
    this.layout = createLayout('in place', join(options.folder, 'unused'))
    this.config = twoContexts({ side: ours, user: {} }, { side: theirs, user: theirs.api.user })
    this.server = ours.api.server
  }

  get ours(): Side {
    return this.options.ours
  }

  get theirs(): Side {
    return this.options.theirs
  }

  get random(): Random {
    return this.options.random
  }

  /** Writes the kubeconfig, starts the program, and asks a first question, which pins the cluster. */
  async start(start: Start): Promise<void> {
    const { ours, theirs, random, folder } = this.options
    const layout = start.layout ?? random.pick(LAYOUTS)
    this.layout = createLayout(layout, join(folder, 'kubeconfig'))
    const config = twoContexts({ side: ours, user: start.user }, { side: theirs, user: theirs.api.user })
    this.server = start.server ?? ours.api.server
    // Named by KUBE_CONTEXT, or by the kubeconfig itself.
    const named = random.pick([{}, { KUBE_CONTEXT: 'ours' }])
    const transport = start.transport ?? random.pick(['stdio', 'http'])
    this.started = { ...start, transport, env: { ...named, ...start.env } }
    this.way = `${layout}, ${transport}`
    this.write(start.adjust?.(config) ?? config)
    await this.launch({})
    await this.expectOurs('at the start')
    if (this.violations.length > 0)
      throw new Error(['nothing to change', ...(this.program?.logs().slice(-3) ?? [])].join('\n'))
  }

  write(config: Kubeconfig): void {
    this.config = config
    this.layout.write(config)
  }

  /** Writes the kubeconfig with some of its parts replaced. */
  change(parts: Partial<Kubeconfig>): void {
    this.write({ ...this.config, ...parts })
  }

  /** The kubeconfig with another entry for our user. */
  withUser(user: UserEntry): Kubeconfig {
    return { ...this.config, users: this.config.users.map((each) => (each.name === 'ours' ? { ...each, user } : each)) }
  }

  session(): McpSession {
    if (!this.program) throw new Error('the program does not run')
    return this.program.session
  }

  /** Opens another session with its own credentials. Needs the transport `http`. */
  async open(credentials: unknown): Promise<McpSession> {
    if (!this.program) throw new Error('the program does not run')
    return await this.program.open(credentials)
  }

  async kill(): Promise<void> {
    await this.program?.kill()
    this.program = undefined
  }

  /** Restarts the program as the application does: pinned to context, URL and UID. */
  async restart(): Promise<void> {
    await this.launch({ KUBE_CONTEXT: 'ours', MCP_EXPECTED_SERVER: this.server, MCP_EXPECTED_UID: this.ours.uid })
  }

  async close(): Promise<void> {
    await this.program?.stop()
    this.program = undefined
  }

  /** The next answer must be from our cluster, and from this user if given. */
  async expectOurs(when: string, user?: string, session = this.session()): Promise<void> {
    const verdict = await this.ask(session)
    if (verdict.kind === 'ours' && (user === undefined || verdict.user === user)) {
      if (user !== undefined) this.options.tally.renewed++
      return
    }
    this.violations.push(
      `${when}: expected an answer of our cluster${user ? ` as ${user}` : ''}, got ${JSON.stringify(verdict)}`,
    )
  }

  /** The next question must fail with one of these codes. */
  async expectError(when: string, codes: readonly string[], session = this.session()): Promise<void> {
    const verdict = await this.ask(session)
    if (verdict.kind === 'error' && codes.includes(verdict.code)) return
    this.violations.push(`${when}: expected the error ${codes.join(' or ')}, got ${JSON.stringify(verdict)}`)
  }

  /** The answer may be anything that is not from the other cluster. */
  async expectNotTheirs(when: string, session = this.session()): Promise<void> {
    const verdict = await this.ask(session)
    if (verdict.kind === 'ours' || verdict.kind === 'error') return
    this.violations.push(`${when}: ${JSON.stringify(verdict)}`)
  }

  private async launch(pins: Env): Promise<void> {
    const { transport, env, wrap } = this.started
    this.program = await startMcpProgram({
      transport,
      env: { KUBECONFIG: this.layout.paths.join(':'), ...env, ...pins },
      ...(wrap && { wrap }),
    })
  }

  private async ask(session: McpSession) {
    const { random, tally, ours, theirs } = this.options
    const verdict = await ask(session, random, { ours, theirs, server: this.server })
    tally.questions++
    if (verdict.kind === 'ours') tally.ours++
    if (verdict.kind === 'theirs') tally.theirs++
    if (verdict.kind === 'error') tally.refused++
    return verdict
  }
}
