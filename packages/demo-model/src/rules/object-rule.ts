/** One object: a single call, then what its result says. The result itself is never repeated. */
import { failureIn, readDescription, readEvents } from '../results/evidence'
import { readObject } from '../results/object'
import { readRows } from '../results/tables'
import type { Row } from '../results/tables'
import { whereOf } from '../phrases/phrases'
import { kindWord } from '../phrases/nouns'
import type { Intent } from '../question/intent'
import { ask, say } from './reply'
import type { Reply, RuleContext } from './reply'

type ObjectIntent = Extract<Intent, { type: 'object' }>

export function objectRule(context: RuleContext, intent: ObjectIntent): Reply {
  const { turn, phrases } = context
  const done = turn.done.at(-1)
  const { type: _, ...action } = intent
  if (!done) return ask(context, [{ do: 'view', ...action }])
  const failure = failureIn(done.result)
  if (failure) return say(phrases, phrases.failed(failure))
  return say(phrases, wordsFor(context, intent, done.result))
}

function wordsFor({ phrases }: RuleContext, { view, kind, name, namespace }: ObjectIntent, result: string): string {
  const { objects } = phrases
  const own = readObject(result)
  const object = `${kindWord(kind)} \`${name}\`${whereOf(phrases, own?.namespace ?? namespace)}`
  switch (view) {
    case 'describe':
    case 'rollout-status':
      return own ? ownWords(phrases, object, own) : foreignWords(phrases, object, result)
    case 'yaml':
      return [objects.yamlBelow(object), ...(own?.verdict ? [stateWords(phrases, object, own)] : [])].join(' ')
    case 'values':
      return objects.valuesBelow(object)
    case 'events':
      return eventWords(phrases, object, result)
    case 'history':
    case 'rollout-history': {
      const rows = readRows(result) ?? []
      return `${objects.revisions(object, rows.length, currentOf(rows))} ${phrases.tableBelow}`
    }
  }
}

type Own = NonNullable<ReturnType<typeof readObject>>

function ownWords(phrases: RuleContext['phrases'], object: string, own: Own): string {
  const state = stateWords(phrases, object, own)
  if (own.facts.length === 0) return `${state} ${phrases.describedBelow}`
  const facts = own.facts.map((fact) => `- ${fact}`)
  return [state, phrases.objects.facts, '', ...facts, '', phrases.describedBelow].join('\n')
}

function stateWords({ objects }: RuleContext['phrases'], object: string, { verdict, reason }: Own): string {
  switch (verdict) {
    case 'ok':
      return objects.healthy(object)
    case 'bad':
      return objects.bad(object, reason)
    case 'waiting':
      return objects.waiting(object, reason)
    case 'unknown':
    case undefined:
      return objects.found(object)
  }
}

/** Another server's description: only its reasons are distinguishable. */
function foreignWords(phrases: RuleContext['phrases'], object: string, result: string): string {
  const reasons = readDescription(result).reasons.map((reason) => `- ${reason}`)
  const head = phrases.objects.found(object)
  if (reasons.length === 0) return `${head} ${phrases.describedBelow}`
  return [head, phrases.reasons, '', ...reasons, '', phrases.describedBelow].join('\n')
}

function eventWords(phrases: RuleContext['phrases'], object: string, result: string): string {
  const events = readEvents(result)
  if (events.length === 0) return phrases.objects.noEvents(object)
  const warnings = events.filter(({ warning }) => warning)
  const quotes = [...new Set(warnings.map(({ reason, message }) => `- ${reason}: ${message}`))].slice(0, 3)
  const head = `${phrases.objects.events(object, events.length, warnings.length)} ${phrases.tableBelow}`
  return quotes.length > 0 ? [head, '', ...quotes].join('\n') : head
}

/** The revision in use, as the table shows it. */
function currentOf(rows: Row[]): string {
  const row = rows.find(({ CURRENT, STATUS }) => CURRENT === 'yes' || STATUS === 'deployed')
  if (!row?.REVISION) return ''
  const about = row.IMAGES ?? row.CHART
  return about ? `${row.REVISION} (${about})` : row.REVISION
}
