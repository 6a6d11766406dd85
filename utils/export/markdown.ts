/** A conversation as a Markdown document, for an incident's record. In English, as kubectl prints. */
import { resultText } from '#shared/results/result-text'
import { toolDataSchema, type ResultPart, type TableResult } from '#shared/result'
import { readArguments } from '../chat/toolArguments'
import type { CallRecord, TurnRecord } from './records'

export interface ExportHead {
  title: string
  cluster?: string
  /** RFC 3339 in UTC. */
  exportedAt: string
}

/** Longest text of a result that has neither table, log nor YAML, in tokens. */
const MAX_TOKENS = 1200

export function toMarkdown({ title, cluster, exportedAt }: ExportHead, turns: readonly TurnRecord[]): string {
  const head = [
    `# ${oneLine(title)}`,
    '',
    ...(cluster ? [`- Cluster: ${oneLine(cluster)}`] : []),
    `- Exported: ${exportedAt}`,
  ]
  return [...head, ...turns.flatMap(turnLines), ''].join('\n')
}

function turnLines({ question, askedAt, about, runbook, calls, answer, model, answeredAt }: TurnRecord): string[] {
  const by = [model, answeredAt].filter(Boolean).join(', ')
  return [
    ...['', `## ${oneLine(question).slice(0, 100)}`, ''],
    ...(askedAt === undefined ? [] : [`Asked: ${askedAt}`, '']),
    ...(about.length === 0 ? [] : [`About: ${about.join(', ')}`, '']),
    ...(oneLine(question) === question && question.length <= 100 ? [] : [fence(question), '']),
    ...(runbook ? [`### Runbook: ${oneLine(runbook.title)}`, '', deeper(runbook.text ?? ''), ''] : []),
    ...calls.flatMap(callLines),
    ...(answer === '' ? [] : [`### Answer${by === '' ? '' : ` (${by})`}`, '', deeper(answer), '']),
  ]
}

function callLines({
  tool,
  arguments: args,
  command,
  status,
  durationMs,
  approval,
  result,
  text,
}: CallRecord): string[] {
  const named = readArguments(args).map(({ key, value }) => (key === '' ? value : `${key}: ${oneLine(value)}`))
  const took = durationMs === undefined ? '' : `, ${durationMs} ms`
  return [
    ...[`### ${tool} (${status}${took})`, ''],
    ...(command !== undefined ? [fence(command, 'sh'), ''] : named.length > 0 ? [fence(named.join('\n')), ''] : []),
    ...(approval ? [...approvalLines(approval), ''] : []),
    ...(result ? resultLines(result) : text ? [fence(text), ''] : []),
  ]
}

function approvalLines({ title, cluster, user, answer, reason }: NonNullable<CallRecord['approval']>): string[] {
  return [
    `- Change: ${oneLine(title)}`,
    `- Cluster: ${oneLine(cluster)}${user === undefined ? '' : `, as ${oneLine(user)}`}`,
    `- Approval: ${answer}${reason === undefined ? '' : `: ${oneLine(reason)}`}`,
  ]
}

function resultLines(result: ResultPart): string[] {
  const asOf = 'asOf' in result && result.asOf !== undefined ? [`As of ${result.asOf}`, ''] : []
  return [...asOf, bodyOf(result), '']
}

function bodyOf(result: ResultPart): string {
  switch (result.kind) {
    case 'table':
      return tableLines(result).join('\n')
    case 'log':
    case 'text':
      return fence(result.text)
    case 'yaml':
      return fence(result.text, 'yaml')
    case 'plan':
      return [
        result.title.text,
        '',
        ...(result.refused ?? []).map(
          ({ kind = '', name = '', reason }) =>
            `- Refused: ${[kind, name].filter(Boolean).join(' ')} ${oneLine(reason.text)}`,
        ),
        ...result.objects.filter(({ diff }) => diff !== '').map(({ diff }) => fence(diff, 'diff')),
      ].join('\n')
    case 'outcome':
      return [
        `Outcome: ${result.status}`,
        '',
        ...result.objects.map(
          ({ kind, name, namespace, state }) => `- ${kind} ${[namespace, name].filter(Boolean).join('/')}: ${state}`,
        ),
      ].join('\n')
    default: {
      const data = toolDataSchema.safeParse(result)
      return fence(data.success ? resultText(data.data, { maxTokens: MAX_TOKENS }) : JSON.stringify(result, null, 2))
    }
  }
}

/** All rows, with the verdict of each. */
function tableLines({ columns, rows, verdicts, reasons = {} }: TableResult): string[] {
  const heads = verdicts ? [...columns, 'HEALTH'] : columns
  const cells = rows.map((row, at) =>
    verdicts ? [...row, [verdicts[at], reasons[at]].filter(Boolean).join(': ')] : row,
  )
  return [heads, heads.map(() => '---'), ...cells].map((row) => `| ${row.map(cellText).join(' | ')} |`)
}

function cellText(cell: string): string {
  return oneLine(cell).replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;')
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** Headings of an answer stand below those of the document. */
function deeper(markdown: string): string {
  return markdown.replace(/^(#{1,3}) /gm, '###$1 ')
}

/** A fence that is longer than any in the text. */
function fence(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/^`{3,}/gm)].map(([ticks]) => ticks.length))
  const ticks = '`'.repeat(longest + 1)
  return [`${ticks}${language}`, text, ticks].join('\n')
}
