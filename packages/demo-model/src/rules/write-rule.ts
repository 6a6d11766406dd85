/** Changes: finds the object, calls the tool, and reports the outcome. The client handles approval. */
import { failureIn } from '../results/evidence'
import { readObjectLine, readOutcome } from '../results/own-outcome'
import type { OwnOutcome } from '../results/own-outcome'
import { call, say } from './reply'
import type { Reply, RuleContext } from './reply'
import { objectOf } from '../phrases/write-phrases'
import { whereOf } from '../phrases/phrases'
import { readRows } from '../results/tables'
import type { Row } from '../results/tables'
import type { DoneCall } from '../question/turn'
import { isWriteTool, lookupCalls, writeCalls } from '../tools/write-calls'
import type { WriteIntent } from '../question/write-intent'

export function writeRule(context: RuleContext, intent: WriteIntent | undefined): Reply {
  const { turn, toolset, phrases, whyMissing } = context
  const { writes } = phrases
  // If the object had changed, the call may have been repeated: the last one counts.
  const at = turn.done.findLastIndex(({ name }) => isWriteTool(name))
  const made = turn.done[at]
  if (made && intent) return say(phrases, outcomeWords(context, intent, made, turn.done.slice(at + 1)))
  if (!toolset.has((name) => isWriteTool(name) && toolset.accepts({ name, arguments: RESTART })) && !made)
    return say(phrases, `${writes.readOnly}\n\n${phrases.help}`)
  if (!intent) return say(phrases, `${writes.unknownChange}\n\n${phrases.changes}`)
  if (!toolset.pick(writeCalls(intent))) {
    const because = whyMissing && ` ${writes.because(whyMissing)}`
    return say(phrases, `${writes.noTool(writes.missing[intent.do])}${because}`)
  }
  const found = withNamespace(context, intent)
  return 'reasoning' in found ? found : call(context, writeCalls(found))
}

/** For `kubectl_rollout`, which also reads. */
const RESTART = { action: 'restart' }

/** @returns the change with its namespace, or the reply to send first or instead */
function withNamespace(context: RuleContext, intent: WriteIntent): WriteIntent | Reply {
  const { turn, toolset, phrases } = context
  const { writes } = phrases
  if (intent.namespace !== undefined) return intent
  switch (intent.do) {
    case 'apply':
      return intent.kind === 'namespace' ? intent : say(phrases, writes.sayNamespace)
    case 'install':
    case 'upgrade':
    case 'rollback':
    case 'uninstall':
      return say(phrases, writes.sayNamespace)
    case 'cordon':
    case 'uncordon':
    case 'drain':
      return intent
    default: {
      if (intent.kind === 'namespace' || intent.kind === 'node') return intent
      const lookups = lookupCalls(intent.kind)
      const listed = turn.done.find(({ name }) => lookups.some((lookup) => lookup.name === name))
      if (!listed) return toolset.pick(lookups) ? call(context, lookups) : say(phrases, writes.sayNamespace)
      const rows = readRows(listed.result)
      if (!rows) return say(phrases, phrases.failed(failureIn(listed.result) ?? listed.result.slice(0, 200)))
      const places = rows.flatMap(({ NAME, NAMESPACE }) => (NAME === intent.name && NAMESPACE ? [NAMESPACE] : []))
      const [only, ...others] = places
      if (only === undefined) return say(phrases, writes.nowhere(objectOf(intent)))
      if (others.length === 0) return { ...intent, namespace: only }
      return say(phrases, writes.whichNamespace(objectOf(intent), places.map((each) => `\`${each}\``).join(', ')))
    }
  }
}

const DECLINED = /^not run: the person declined this call\b[^]*?(?:They said: ([^]*))?$/i

function outcomeWords(
  { phrases, toolset }: RuleContext,
  asked: WriteIntent,
  made: DoneCall,
  after: DoneCall[],
): string {
  const { writes } = phrases
  const { result } = made
  const declined = DECLINED.exec(result)
  if (declined) return writes.declined(declined[1] ?? '')
  const words = shorten(result)
  const own = readOutcome(result)
  const said = own?.lines.join(' ') ?? ''
  switch (own?.status) {
    case 'refused':
      return writes.refused(said)
    case 'unknown':
      return writes.unknownOutcome(said)
    case 'partly':
      return writes.partly(said)
    case 'done':
    case undefined:
  }
  if (/^not (run|asked)\b/i.test(result)) return writes.notRun(words)
  if (/\boutcome\b[^.]*\bunknown\b|\bunknown whether\b|\bmay have run\b/i.test(result))
    return writes.unknownOutcome(words)
  if (/\bis forbidden\b|\bforbidden\b:/i.test(result)) return writes.refused(words)
  const failure = own ? undefined : failureIn(result)
  if (failure) return writes.failed(failure)
  // Our own tools always report the outcome.
  if (!own && toolset.hasOwnWrites) return writes.answered(words)
  const namespace = typeof made.arguments.namespace === 'string' ? made.arguments.namespace : asked.namespace
  const intent: WriteIntent = { ...asked, ...(namespace !== undefined && { namespace }) }
  const isOutside = 'kind' in intent && (intent.kind === 'namespace' || intent.kind === 'node')
  const done = capital(writes.done(intent, isOutside ? '' : whereOf(phrases, intent.namespace)))
  if (own)
    return isUnchanged(own) ? writes.unchanged(objectOf(intent)) : [done, ...ownWords(writes, intent, own)].join(' ')
  return `${done} ${seenWords(phrases.writes, intent, after.at(-1))}`
}

function isUnchanged({ lines }: OwnOutcome): boolean {
  return lines.length > 0 && lines.every((line) => readObjectLine(line)?.state === 'unchanged')
}

/** Our own server's report after the change. */
function ownWords(writes: RuleContext['phrases']['writes'], intent: WriteIntent, { lines }: OwnOutcome): string[] {
  const object = objectOf(intent)
  const [first = '', ...others] = lines
  const about = others.length === 0 ? readObjectLine(first) : undefined
  if (!about) return lines.length === 0 ? [] : [writes.saw(lines.map((line) => shorten(line)).join(' '))]
  const notes = about.notes === '' ? [] : [writes.saw(about.notes)]
  if (about.state === 'deleted') return [about.notes === '' ? writes.gone(object) : writes.saw(about.notes)]
  return about.state.startsWith('marked for deletion') ? [writes.stillThere(object), ...notes] : notes
}

/** The result of the read after a change. */
function seenWords(writes: RuleContext['phrases']['writes'], intent: WriteIntent, read: DoneCall | undefined): string {
  const rows = read && readRows(read.result)
  if (!rows) return writes.unread
  const row = rows.find(({ NAME }) => NAME === intent.name)
  const object = objectOf(intent)
  if (intent.do === 'delete' || intent.do === 'uninstall') {
    if (!row) return writes.gone(object)
    const isNew = intent.do === 'delete' && intent.kind === 'pod' && row.STATUS !== 'Terminating'
    return isNew ? writes.replaced(object) : writes.stillThere(object)
  }
  if (!row) {
    // mcp-server-kubernetes cannot list releases, so the namespace's pods are listed instead.
    const pods = rows.map(({ NAME = '', STATUS = '' }) => `\`${NAME}\` (${STATUS})`).slice(0, 5)
    const isRelease = intent.do === 'install' || intent.do === 'upgrade'
    return isRelease && pods.length > 0 ? writes.seen(object, pods.join(', ')) : writes.gone(object)
  }
  const cells = CELLS.flatMap((name) => (row[name] ? [`${name} ${row[name]}`] : [])).join(', ')
  const seen = writes.seen(object, cells || `NAME ${row.NAME}`)
  return isStarting(row) ? `${seen} ${writes.startingYet}` : seen
}

/** Columns that show an object's state. */
const CELLS = ['READY', 'STATUS', 'UP-TO-DATE', 'DATA', 'REVISION']

function isStarting(row: Row): boolean {
  const match = /^(\d+)\/(\d+)$/.exec(row.READY ?? '')
  return match !== null && match[1] !== match[2]
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
