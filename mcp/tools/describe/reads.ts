/** Reads related objects; a refused read becomes a note instead of an error. */
import { msg } from '../../../shared/messages/create'
import type { Coverage, ResultNote, Section, Verdict } from '../../../shared/result'
import { compareVerdicts } from '../../../shared/kubernetes/health/health'
import { objectHealth } from '../../../shared/kubernetes/health/object-health'
import { KubeError } from '../../kubernetes/errors/errors'
import { listObjects, listTable } from '../../kubernetes/list/list'
import type { ApiResource, Cluster, KubeObject } from '../../kubernetes/types'
import { tableSection } from './lines'

/** Maximum rows of related objects in one section. */
const MAX_ROWS = 50

export interface Related {
  title: string
  /** As discovery accepts it, e.g. `apps/v1/ReplicaSet`. */
  kind: string
  /** Absent: all namespaces, with a namespace column. */
  namespace?: string | undefined
  labelSelector?: string | undefined
  fieldSelector?: string | undefined
  /** Filters the objects that the selectors match. */
  keep?: (object: KubeObject) => boolean
  /** Columns to leave out, such as those equal in every row. */
  without?: readonly string[]
}

export class RelatedReads {
  readonly notes: ResultNote[] = []

  constructor(
    readonly cluster: Cluster,
    readonly signal: AbortSignal,
    /** Milliseconds since the epoch. */
    readonly now: number,
  ) {}

  /**
   * Runs a read; returns undefined and adds a note if it is refused.
   * @param what subject of the note: `<what> were not read: …`
   */
  async attempt<T>(what: string, read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof KubeError) || error.concernsEveryCall) throw error
      this.notes.push(msg('part-not-read', { what, reason: error.detail }))
      return undefined
    }
  }

  /** Related objects in their kind's own table, failing ones first. */
  async table({ title, kind, keep = () => true, without = [], ...scope }: Related): Promise<RelatedTable | undefined> {
    return this.attempt(title, async () => {
      const { signal, now } = this
      const resource = await this.resource(kind)
      const list = await listTable(this.cluster, { resource, ...scope, objects: 'full', signal })
      const isComplete = this.covers(list.coverage)
      const rows = list.rows
        .filter(({ object }) => keep(object))
        .map(({ cells, object }) => ({ cells, object, verdict: objectHealth(object, { now }, resource).verdict }))
        .sort((one, other) => compareVerdicts(one.verdict, other.verdict))
      const used = list.columns.flatMap(({ name, priority }, at) =>
        (priority === 0 || name === 'NODE') && !without.includes(name) ? [at] : [],
      )
      const everywhere = resource.namespaced && scope.namespace === undefined
      const columns = [...(everywhere ? ['NAMESPACE'] : []), ...used.map((at) => list.columns[at]?.name ?? '')]
      const cells = rows
        .slice(0, MAX_ROWS)
        .map((row) => [
          ...(everywhere ? [row.object.metadata.namespace ?? ''] : []),
          ...used.map((at) => row.cells[at] ?? ''),
        ])
      const sections = tableSection(title, columns, cells, rows.length > 1 ? summary(rows) : undefined)
      return {
        objects: rows.map(({ object }) => object),
        bad: rows.filter(isBad).map(({ object }) => object),
        sections,
        isComplete,
      }
    })
  }

  /** Related objects in full. */
  async objects({
    title,
    kind,
    keep = () => true,
    ...scope
  }: Omit<Related, 'without'>): Promise<KubeObject[] | undefined> {
    return this.attempt(title, async () => {
      const resource = await this.resource(kind)
      const { items, coverage } = await listObjects(this.cluster, { resource, ...scope, signal: this.signal })
      this.covers(coverage)
      return items.filter(keep)
    })
  }

  /** True if a list holds everything that it should; otherwise keeps its notes. */
  covers({ complete, notes }: Coverage): boolean {
    const isWhole = complete && !notes.some(({ code, params }) => code === 'namespaces-excluded' && params.left !== 0)
    const texts = new Set(this.notes.map(({ text }) => text))
    if (!isWhole) this.notes.push(...notes.filter(({ text }) => !texts.has(text)))
    return isWhole
  }

  async resource(kind: string): Promise<ApiResource> {
    return (await this.cluster.discovery.find(kind, this.signal)).resource
  }
}

export interface RelatedTable {
  objects: KubeObject[]
  bad: KubeObject[]
  sections: Section[]
  /** False if there may be more: of a part that the user may not read, or after the end of a list that was cut. */
  isComplete: boolean
}

function isBad({ verdict }: { verdict: Verdict }): boolean {
  return verdict === 'bad'
}

/** `12: 2 bad, 10 ok`, with the rows that the table leaves out. */
function summary(rows: readonly { verdict: Verdict }[]): string {
  const verdicts = ['bad', 'waiting', 'unknown', 'ok'] as const
  const counts = verdicts.map((verdict) => [verdict, rows.filter((row) => row.verdict === verdict).length] as const)
  const parts = counts.filter(([, count]) => count > 0).map(([verdict, count]) => `${count} ${verdict}`)
  const cut = rows.length > MAX_ROWS ? `; the first ${MAX_ROWS} are listed` : ''
  return `${rows.length}: ${parts.join(', ')}${cut}`
}
