/** An object's description for the model: state is kept, configuration is cut first. */
import type { ObjectResult, Section } from '../result'
import { fitsInTokens } from './tokens'

/** Dropped before anything else, starting from the end of this list. */
const LAST = [
  'Container',
  'Details',
  'Data',
  'Spec',
  'Fields',
  'Status in full',
  'Environment',
  'Volumes',
  'Labels',
  'Annotations',
]

/** How much of each section is kept, from most to least; the largest step that fits is used. */
interface Step {
  /** Rows or lines of sections about the object's state. */
  first: number
  /** Rows or lines of other sections; 0 omits them. */
  last: number
  /** Characters of a cell or line. */
  width: number
}

const LEFT_OUT = 'Left out here: '

const STEPS: Step[] = [
  { first: 50, last: 50, width: 400 },
  { first: 25, last: 12, width: 240 },
  { first: 15, last: 6, width: 200 },
  { first: 12, last: 3, width: 160 },
  { first: 10, last: 0, width: 160 },
  { first: 6, last: 0, width: 120 },
  { first: 3, last: 0, width: 80 },
]

/** The sections in order, within an estimated `maxTokens`; the last line reports omissions. */
export function objectText(result: ObjectResult, { maxTokens = 1200 }: { maxTokens?: number } = {}): string {
  let text = ''
  for (const step of STEPS) {
    text = withStep(result, step)
    if (fitsInTokens(text, maxTokens)) return text
  }
  return cutToTokens(text, maxTokens)
}

function withStep(result: ObjectResult, step: Step): string {
  const left: string[] = []
  const parts = result.sections.flatMap((section) => {
    const most = isLast(section) ? step.last : step.first
    if (most === 0) {
      left.push(section.title)
      return []
    }
    const { text, lines, kept } = sectionText(section, most, step.width)
    if (kept < lines) left.push(`${lines - kept} of ${lines} lines of ${section.title}`)
    return [text]
  })
  return [heading(result), ...notes(result), ...parts, ...leftOut(left)].join('\n')
}

function isLast({ title }: Section): boolean {
  return LAST.some((name) => title === name || title.startsWith(`${name} `))
}

function heading({ object, verdict, reason }: ObjectResult): string {
  const where = object.namespace === undefined ? '' : ` in namespace ${object.namespace}`
  const health = verdict === undefined ? '' : `: ${verdict}${reason === undefined ? '' : ` (${reason})`}`
  return `${object.kind} ${object.name}${where}${health}`
}

function notes({ coverage }: ObjectResult): string[] {
  return (coverage?.notes ?? []).map(({ text }) => text)
}

function leftOut(left: string[]): string[] {
  return left.length === 0 ? [] : [`${LEFT_OUT}${left.join(', ')}`]
}

interface SectionText {
  text: string
  /** Rows and lines of the section, and how many are shown. */
  lines: number
  kept: number
}

function sectionText({ title, columns, rows = [], text }: Section, most: number, width: number): SectionText {
  const lines = text === undefined ? [] : text.split('\n')
  const keptLines = lines.slice(0, most).map((line) => cut(line, width))
  // A single line fits beside its title.
  const [only, ...more] = keptLines
  const head =
    only !== undefined && more.length === 0 ? [`${title}: ${withoutTitle(only, title)}`] : [`${title}:`, ...keptLines]
  const keptRows = rows.slice(0, most).map((row) => row.map((cell) => cut(cell, width) || '-').join(' | '))
  const table = columns === undefined || keptRows.length === 0 ? [] : [columns.join(' | '), ...keptRows]
  return {
    text: [...head, ...table].join('\n'),
    lines: lines.length + rows.length,
    kept: keptLines.length + keptRows.length,
  }
}

/** Removes a line's prefix that repeats the title: `Taints: a=b:NoSchedule`. */
function withoutTitle(line: string, title: string): string {
  return line.startsWith(`${title}: `) ? line.slice(title.length + 2) : line
}

function cut(text: string, width: number): string {
  const line = text.replace(/\s*\n\s*/g, ' ')
  return line.length <= width ? line : `${line.slice(0, width - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** As many lines from the front as fit. */
function cutToTokens(text: string, maxTokens: number): string {
  const lines = text.split('\n').filter((line) => !line.startsWith(LEFT_OUT))
  const last = `${LEFT_OUT}the rest of the description`
  while (lines.length > 1 && !fitsInTokens([...lines, last].join('\n'), maxTokens)) lines.pop()
  return [...lines, last].join('\n')
}
