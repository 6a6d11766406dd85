/** The processes of a measurement: simulated model, bare relay, built server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { serverEntry, serverFlags } from '../scripts/paths.mjs'
import { startProgram } from '../tests/support/app/program'
import type { Env, Program } from '../tests/support/app/program'
import { answers } from '../tests/support/app/network'

/** A process that listens on 127.0.0.1. */
export interface Running {
  pid: number
  port: number
  url: string
  program: Program
}

export interface ServerOptions {
  modelUrl: string
  env?: Env
  /** The built server; by default this checkout's. */
  entry?: string
  /** Options for Node itself, e.g. a preload. */
  nodeArgs?: string[]
}

const addressSchema = z.object({ port: z.number() })
const listeningSchema = z.object({ msg: z.literal('listening'), url: z.string() })

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const REGISTER = ['--import', here('../scripts/register.mjs')]

/** The setting that makes the built server start the instant MCP server. */
export const instantMcp = [process.execPath, ...REGISTER, here('./processes/mcp.ts')].join(' ')
export const loopDelayPreload = ['--import', here('./processes/loop-delay.mjs')]

/** Runs `use` with a rig and ends all started processes afterwards. */
export async function withRig<T>(use: (rig: Rig) => Promise<T>): Promise<T> {
  const rig = new Rig()
  const removeFolder = () => rmSync(rig.folder, { recursive: true, force: true })
  process.once('exit', removeFolder)
  try {
    return await use(rig)
  } finally {
    await rig.stop()
    removeFolder()
    process.off('exit', removeFolder)
  }
}

export class Rig {
  private readonly programs: { stop: () => Promise<unknown> }[] = []
  /** Temporary files of a measurement. */
  readonly folder = mkdtempSync(join(tmpdir(), 'k8s-ai-assistant-bench-'))

  model(): Promise<Running> {
    return this.listening(this.start([...REGISTER, here('./processes/model.ts')], {}))
  }

  relay(modelUrl: string): Promise<Running> {
    return this.listening(this.start([...REGISTER, here('./processes/relay.ts')], { MODEL_URL: modelUrl }))
  }

  /** Starts the built server, by default with the instant MCP server, and waits for its tools. */
  async server({ modelUrl, env = {}, entry = serverEntry, nodeArgs = [] }: ServerOptions): Promise<Running> {
    const program = this.start([...serverFlags, ...nodeArgs, entry], { ...this.serverEnv(modelUrl), ...env })
    const url = await program.until('listening', () => program.logs().map(listeningUrl).find(Boolean))
    await program.until('ready', () => answers(`${url}/ready`))
    return { pid: program.pid, port: Number(new URL(url).port), url, program }
  }

  /** The environment of a server that calls the instant MCP server. */
  serverEnv(modelUrl: string): Env {
    const kubeconfig = join(this.folder, 'kubeconfig')
    writeFileSync(kubeconfig, NO_CLUSTER)
    const settings = {
      PORT: '0',
      READ_AHEAD: 'off',
      OLLAMA_BASE_URL: modelUrl,
      KUBECONFIG: kubeconfig,
      MCP_SERVER_COMMAND: instantMcp,
    }
    return { ...settings, ...NO_LIMITS }
  }

  /** Runs a program of this folder to its end. */
  run(path: string, args: string[], nodeArgs: string[] = []): Program {
    return this.start([...nodeArgs, ...REGISTER, here(path), ...args], {})
  }

  /** Registers a program that was started elsewhere. */
  alsoStop(program: { stop: () => Promise<unknown> }): void {
    this.programs.push(program)
  }

  async stop(): Promise<void> {
    await Promise.all(this.programs.splice(0).map((program) => program.stop()))
  }

  private start(args: string[], env: Env): Program {
    const program = startProgram(process.execPath, args, env)
    this.programs.push(program)
    return program
  }

  private async listening(program: Program): Promise<Running> {
    const port = await program.until('listening', () => program.logs().map(portOf).find(Boolean))
    return { pid: program.pid, port, url: `http://127.0.0.1:${port}`, program }
  }
}

/** All load comes from one user. */
const NO_LIMITS = { MAX_TURNS_PER_USER: '100000', MAX_TURNS_PER_MINUTE: '1000000', MAX_STREAMS_PER_USER: '100000' }

/** Never contacted: the instant MCP server has no cluster. */
const NO_CLUSTER = `apiVersion: v1
kind: Config
clusters: [{ name: none, cluster: { server: 'http://127.0.0.1:9' } }]
users: [{ name: none, user: {} }]
contexts: [{ name: none, context: { cluster: none, user: none } }]
current-context: none
`

function portOf(line: string): number | undefined {
  return parsed(addressSchema, line)?.port
}

function listeningUrl(line: string): string | undefined {
  return parsed(listeningSchema, line)?.url
}

function parsed<T>(schema: z.ZodType<T>, line: string): T | undefined {
  if (!line.startsWith('{')) return undefined
  const result = schema.safeParse(JSON.parse(line))
  return result.success ? result.data : undefined
}
