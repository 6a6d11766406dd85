/** Seeds the corpus: objects first, and when they have settled the changes. */
import { execFile } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { z } from 'zod'
import { manifest } from '../diagnose/corpus'
import { CHART } from './corpus'
import type { ChangeCase } from './corpus'

const run = promisify(execFile)

/** In seconds: times of changes have a resolution of a second. */
const MIN_AGE = 10
const MAX_MS = 120_000

const podsSchema = z.object({
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({ namespace: z.string(), creationTimestamp: z.string() }),
      status: z.looseObject({ phase: z.string().optional(), containerStatuses: z.array(z.unknown()).optional() }),
    }),
  ),
})

export class ChangeSeed {
  constructor(
    private readonly kubeconfig: string,
    private readonly cases: readonly ChangeCase[],
  ) {}

  async apply(): Promise<void> {
    await Promise.all(this.cases.map((each) => this.begin(each)))
    await this.untilSettled()
    await Promise.all(this.cases.map((each) => this.change(each)))
  }

  async remove(): Promise<void> {
    await this.kubectl('delete', 'nodes,namespaces', '-l', 'changed-corpus', '--wait=false')
  }

  private async begin({ id, objects, helm }: ChangeCase): Promise<void> {
    const labels = { 'changed-corpus': 'yes' }
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: id, labels } }
    const items = objects.map((each) => {
      const isNode = each.kind === 'Node'
      return manifest(id, isNode ? { ...each, metadata: { labels: { ...labels, ...labelsOf(each.metadata) } } } : each)
    })
    await this.send([namespace], ['apply'])
    if (items.length > 0) await this.send(items, ['apply'])
    if (helm) await this.helm(['install', 'orders', CHART, '-n', id])
  }

  private async change({ id, run: commands, apply, helm }: ChangeCase): Promise<void> {
    for (const [, ...args] of commands) await this.kubectl('-n', id, ...args)
    if (apply) {
      const items = apply.objects.map((each) => manifest(id, each))
      await this.send(items, ['apply', '--server-side', '--force-conflicts', `--field-manager=${apply.manager}`])
    }
    const [, operation, ...flags] = helm ?? []
    if (operation !== undefined) await this.helm([operation, 'orders', CHART, '-n', id, ...flags])
  }

  private async send(items: object[], args: string[]): Promise<void> {
    const child = run('kubectl', ['--kubeconfig', this.kubeconfig, ...args, '-f', '-'])
    child.child.stdin?.end(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))
    await child
  }

  private async kubectl(...args: string[]): Promise<string> {
    return (await run('kubectl', ['--kubeconfig', this.kubeconfig, ...args], { maxBuffer: 64 << 20 })).stdout
  }

  private async helm(args: string[]): Promise<void> {
    await run('helm', ['--kubeconfig', this.kubeconfig, ...args])
  }

  private async untilSettled(): Promise<void> {
    const ids = new Set(this.cases.map(({ id }) => id))
    const deadline = Date.now() + MAX_MS
    for (;;) {
      const all = podsSchema.parse(JSON.parse(await this.kubectl('get', 'pods', '-A', '-o', 'json'))).items
      const pods = all.filter(({ metadata }) => ids.has(metadata.namespace))
      const isSettled = ({ metadata, status }: (typeof pods)[number]) =>
        (status.containerStatuses?.length ?? 0) > 0 &&
        Date.now() - Date.parse(metadata.creationTimestamp) > MIN_AGE * 1000
      if (pods.length > 0 && pods.every(isSettled)) return
      if (Date.now() > deadline) throw new Error('the objects have not settled')
      await setTimeout(1000)
    }
  }
}

function labelsOf(metadata: Record<string, unknown>): Record<string, unknown> {
  const { labels } = metadata
  return typeof labels === 'object' && labels !== null ? { ...labels } : {}
}
