/** Adds to past changes the user of this assistant who approved them, from the audit. */
import { changesResultSchema, FIELD_MANAGER } from '#shared/changes/what-changed'
import type { ChangesResult, PastChange } from '#shared/changes/what-changed'
import { isRecord } from '#shared/kubernetes/fields'
import { msg } from '#shared/messages/create'
import { changesSummary } from '#shared/results/changes-summary'
import type { AuditLine } from '../../audit/entry'
import type { RawToolResult } from '../../results/types'
import type { Toolbox } from './types'

const TOOL = 'what_changed'

/** Between a change and its line in the audit, which is written after it. In milliseconds. */
const SOON = 30_000

/** The audit's approved changes of one cluster since a time, in milliseconds since the epoch. */
export type RecentWrites = (since: number) => Promise<AuditLine[]>

export function withPeople(toolbox: Toolbox, recent: RecentWrites): Toolbox {
  return {
    tools: toolbox.tools,
    call: async (name, args, options) => {
      const raw = await toolbox.call(name, args, options)
      return name === TOOL && raw.isStructured ? await joined(raw, args, recent) : raw
    },
  }
}

async function joined(raw: RawToolResult, args: Record<string, unknown>, recent: RecentWrites): Promise<RawToolResult> {
  const parsed = changesResultSchema.safeParse(raw.structuredContent)
  if (!parsed.success) return raw
  const lines = await recent(Date.parse(parsed.data.since))
  return lines.length === 0 ? raw : { ...raw, structuredContent: joinPeople(parsed.data, lines, args) }
}

/** @param args of the call: its scope */
export function joinPeople(
  result: ChangesResult,
  lines: readonly AuditLine[],
  args: Record<string, unknown>,
): ChangesResult {
  const changes = result.changes.map((change) => withPerson(change, lines))
  const deleted = lines.flatMap((line) => deletionOf(line, result, args) ?? [])
  if (deleted.length === 0) return { ...result, changes }
  const all = [...changes, ...deleted].sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
  const total = result.total + deleted.length
  const failed = all.filter(({ failure }) => failure).length
  return {
    ...result,
    changes: all,
    total,
    summary: changesSummary({ total, failed, since: result.since }),
    ...(result.coverage && { coverage: { ...result.coverage, shown: all.length, total } }),
  }
}

function withPerson(change: PastChange, lines: readonly AuditLine[]): PastChange {
  if (change.writer !== FIELD_MANAGER) return change
  const at = Date.parse(change.at)
  const near = lines.filter(
    (line) => Math.abs(Date.parse(line.time) - at) <= SOON && isIn(line, change.object.namespace),
  )
  const named = near.filter((line) => names(line, change.object.name))
  // A release or a generated name is not the object's.
  const unnamed = near.filter(({ arguments: args }) => typeof argumentsOf(args).name !== 'string')
  const [line] = named.length > 0 ? named : near.length === 1 ? unnamed : []
  return line ? { ...change, person: line.by ?? line.user } : change
}

function argumentsOf(args: unknown): Record<string, unknown> {
  return isRecord(args) ? args : {}
}

/** False if the call named another namespace. */
function isIn({ arguments: args }: AuditLine, namespace: string | undefined): boolean {
  const { namespace: named } = argumentsOf(args)
  return typeof named !== 'string' || named === namespace
}

/** Whether the arguments have the name as a whole: `web` is not in `web-2`. */
function names({ arguments: args }: AuditLine, name: string): boolean {
  const whole = new RegExp(`(?<![\\w.-])${RegExp.escape(name)}(?![\\w.-])`)
  return whole.test(JSON.stringify(args))
}

/** A deletion leaves no trace in the cluster. */
function deletionOf(
  line: AuditLine,
  { coverage }: ChangesResult,
  scope: Record<string, unknown>,
): PastChange | undefined {
  if (!/delete/.test(line.tool)) return undefined
  const { resource, name, namespace } = argumentsOf(line.arguments)
  if (typeof resource !== 'string' || typeof name !== 'string') return undefined
  const isInside = typeof namespace === 'string' && (coverage?.namespaces?.includes(namespace) ?? true)
  if (coverage?.scope === 'object' ? scope.name !== name : !(isInside || coverage?.scope === 'cluster'))
    return undefined
  return {
    at: new Date(line.time).toISOString().replace(/\.\d+Z$/, 'Z'),
    source: 'assistant',
    object: { kind: resource, name, ...(typeof namespace === 'string' && { namespace }) },
    what: msg('changed-deleted'),
    manager: msg('manager-assistant'),
    writer: FIELD_MANAGER,
    person: line.by ?? line.user,
    fields: [],
    moreFields: 0,
  }
}
