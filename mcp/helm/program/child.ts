/** Runs the helm program as a child: without a shell, with few variables, and with limits on time and output. */
import { msg } from '../../../shared/messages/create'
import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { helmNames } from '../../../shared/environment/child-names'
import { pickEnvironment } from '../../../shared/environment/children'
import { KubeError } from '../../kubernetes/errors/errors'
import type { HelmConfig } from './config'
import type { HelmProgram } from './find'

/** Limit for a whole run, in milliseconds. Helm itself waits five minutes for each hook. */
const RUN_MS = 10 * 60_000
/** Time between SIGTERM and SIGKILL, in milliseconds, in which Helm records the interruption. */
const GRACE_MS = 10_000
const MAX_OUTPUT = 64 * 1024 * 1024
const MAX_ERRORS = 64 * 1024

export interface HelmRun {
  program: HelmProgram
  config: HelmConfig
  args: readonly string[]
  /** A private folder for all files that Helm reads and writes. */
  folder: string
  /** Absent for runs that need no cluster. */
  kubeconfig?: object
  /** `configmap` for releases stored in ConfigMaps. */
  driver?: 'secret' | 'configmap'
  /** Ends the child's process group. */
  signal: AbortSignal
}

export interface HelmEnd {
  /** Exit code; undefined if the child was killed. */
  code: number | undefined
  stdout: string
  stderr: string
  timedOut: boolean
}

/** @throws KubeError `not-available` if the program cannot be started */
export async function runHelm(run: HelmRun): Promise<HelmEnd> {
  const { program, args, folder, signal } = run
  const env = await prepare(run)
  signal.throwIfAborted()
  return await new Promise<HelmEnd>((resolve, reject) => {
    // A process group of its own, so that plugins and login helpers end with it.
    const child = spawn(program.path, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const stdout = new Bounded(MAX_OUTPUT)
    const stderr = new Bounded(MAX_ERRORS)
    child.stdout.on('data', (chunk: Buffer) => stdout.add(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.add(chunk))
    let timedOut = false
    let force: NodeJS.Timeout | undefined
    const end = () => {
      signalGroup(child.pid, 'SIGTERM')
      force = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE_MS)
    }
    const timer = setTimeout(() => {
      timedOut = true
      end()
    }, RUN_MS)
    const finished = () => {
      clearTimeout(timer)
      clearTimeout(force)
      signal.removeEventListener('abort', end)
    }
    signal.addEventListener('abort', end, { once: true })
    child.on('error', (error) => {
      finished()
      const detail = msg('helm-not-startable', { path: program.path, words: error.message })
      reject(new KubeError('not-available', detail, { program: program.path }, error.message))
    })
    child.on('close', (code) => {
      finished()
      resolve({ code: code ?? undefined, stdout: stdout.text(), stderr: stderr.text(), timedOut })
    })
  })
}

async function prepare({ config, folder, kubeconfig, driver = 'secret' }: HelmRun): Promise<Record<string, string>> {
  const path = join(folder, 'kubeconfig')
  await writeFile(path, JSON.stringify(kubeconfig ?? EMPTY_KUBECONFIG), { mode: 0o600 })
  const own = (name: string) => join(folder, name)
  await mkdir(own('tmp'), { recursive: true, mode: 0o700 })
  return {
    ...pickEnvironment(config.environment, helmNames),
    HOME: folder,
    TMPDIR: own('tmp'),
    KUBECONFIG: path,
    HELM_CACHE_HOME: own('cache'),
    HELM_CONFIG_HOME: own('config'),
    HELM_DATA_HOME: own('data'),
    HELM_PLUGINS: own('no-plugins'),
    HELM_NO_PLUGINS: '1',
    HELM_DRIVER: driver,
  }
}

const EMPTY_KUBECONFIG = { apiVersion: 'v1', kind: 'Config', clusters: [], contexts: [], users: [] }

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It has already exited.
  }
}

/** Keeps the beginning of an output. */
class Bounded {
  private readonly chunks: Buffer[] = []
  private size = 0

  constructor(private readonly most: number) {}

  add(chunk: Buffer): void {
    const kept = chunk.subarray(0, Math.max(0, this.most - this.size))
    this.size += kept.length
    if (kept.length > 0) this.chunks.push(kept)
  }

  text(): string {
    return Buffer.concat(this.chunks).toString('utf8')
  }
}
