/** One plan or run of the helm program: its private folder and its ways to call Helm. */
import { msg } from '../../../shared/messages/create'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KubeError } from '../../kubernetes/errors/errors'
import { statusError } from '../../kubernetes/errors/status-error'
import { openPrivateFolder } from '../../kubernetes/connection/private-folder'
import type { Cluster } from '../../kubernetes/types'
import { runHelm } from '../program/child'
import type { HelmEnd } from '../program/child'
import type { HelmConfig } from '../program/config'
import { findHelm } from '../program/find'
import type { HelmProgram } from '../program/find'
import { openGateway, withoutGateway } from '../program/gateway'
import type { Gateway } from '../program/gateway'
import type { WriteHandler } from '../program/exchange'
import { refuseWrites } from '../program/rehearse'

export interface SessionOptions {
  config: HelmConfig
  cluster: Cluster
  signal: AbortSignal
}

export class HelmSession {
  driver: 'secret' | 'configmap' = 'secret'
  private runs = 0

  private constructor(
    readonly config: HelmConfig,
    readonly program: HelmProgram,
    readonly cluster: Cluster,
    readonly folder: string,
    private readonly signal: AbortSignal,
    readonly close: () => Promise<void>,
  ) {}

  /** @throws KubeError `not-available` without the helm program */
  static async open({ config, cluster, signal }: SessionOptions): Promise<HelmSession> {
    const program = await findHelm(config)
    const { path, remove } = await openPrivateFolder()
    return new HelmSession(config, program, cluster, path, signal, remove)
  }

  /** Writes a values file for Helm. */
  async values(values: Record<string, unknown>): Promise<string> {
    const path = join(this.folder, 'values.json')
    await writeFile(path, JSON.stringify(values), { mode: 0o600 })
    return path
  }

  /**
   * Runs Helm without a cluster.
   * @throws KubeError with Helm's message
   */
  async local(args: readonly string[]): Promise<string> {
    const { signal } = this
    return this.output(await runHelm({ ...(await this.common()), args, signal }))
  }

  /**
   * Runs Helm on the cluster, read-only.
   * @throws KubeError with Helm's message
   */
  async read(args: readonly string[]): Promise<string> {
    return this.output(await this.call(args, refuseWrites))
  }

  /**
   * Runs Helm on the cluster.
   * @param handleWrite answers Helm's writes
   * @param stopped receives a function that refuses further writes
   * @param signal ends Helm and its requests; defaults to the session's
   */
  async call(
    args: readonly string[],
    handleWrite: WriteHandler,
    signal: AbortSignal = this.signal,
    onOpen: (gateway: Gateway) => void = () => undefined,
  ): Promise<HelmEnd> {
    const gateway = await openGateway(this.cluster, handleWrite, signal)
    try {
      onOpen(gateway)
      return await runHelm({ ...(await this.common()), args, kubeconfig: gateway.kubeconfig, signal })
    } finally {
      await gateway.close()
    }
  }

  /** @throws KubeError with Helm's message, unless it succeeded */
  output(end: HelmEnd): string {
    this.signal.throwIfAborted()
    if (end.code === 0) return end.stdout
    throw helmError(end)
  }

  private async common() {
    const { program, config, driver } = this
    const folder = join(this.folder, `run-${++this.runs}`)
    await mkdir(folder, { mode: 0o700 })
    return { program, config, driver, folder }
  }
}

const MAX_MESSAGE = 1000

/** Helm's last output as an error. */
export function helmError({ stderr, timedOut }: HelmEnd): KubeError {
  if (timedOut) return new KubeError('timeout', msg('helm-stopped'), {}, withoutGateway(stderr.slice(-MAX_MESSAGE)))
  const message = helmMessage(stderr)
  const forbidden = /\S+ is forbidden: User "[^"]*" cannot .*/.exec(message)?.[0]
  if (forbidden !== undefined)
    return statusError(403, { message: forbidden }, { server: '', cluster: '', user: '', origin: '' })
  return new KubeError(
    'bad-request',
    message === '' ? msg('helm-refuses-silently') : msg('helm-refuses', { words: message }),
    { reason: message },
    withoutGateway(stderr.slice(-MAX_MESSAGE)),
  )
}

/** Without the prefixes that Helm adds for its own commands; empty if it gave no reason. */
export function helmMessage(stderr: string): string {
  const lines = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(?:WARNING|level=|I\d{4}|W\d{4})/.test(line))
  const start = lines.findLastIndex((line) => line.startsWith('Error: '))
  const text = (start < 0 ? lines : lines.slice(start)).join(' ').trim()
  const plain = text.replace(/^Error: /, '').replace(/^(?:[A-Z]+ FAILED|release \S+ failed): /, '')
  return withoutGateway(plain).slice(0, MAX_MESSAGE)
}
