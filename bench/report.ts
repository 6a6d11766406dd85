/** Formats the report of a run for the terminal, and as Markdown between two marks of a file. */
import { readFileSync, writeFileSync } from 'node:fs'
import { format } from 'prettier'
import { Problem } from '../scripts/run.mjs'
import type { Line, Table } from './result'

export interface Report {
  /** Machine, command and date. */
  about: [name: string, value: string][]
  lines: Line[]
  tables: Table[]
}

const BEGIN = '<!-- figures: written by the program -->'
const END = '<!-- end of the figures -->'

export function verdict({ met, goal }: Line): string {
  if (met === undefined) return goal === undefined ? '–' : 'not measured'
  return met ? 'met' : 'MISSED'
}

/** In columns of equal width. */
export function inColumns(columns: string[], rows: string[][]): string {
  const all = [columns, ...rows]
  const widths = columns.map((_, at) => Math.max(...all.map((row) => [...(row[at] ?? '')].length)))
  return all
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export function forTerminal({ about, lines, tables }: Report): string {
  const details = tables.map(({ title, columns, rows }) => `${title}\n\n${inColumns(columns, rows)}`)
  const figures = inColumns(HEAD, lines.map(cells))
  return [...details, figures, inColumns(['', ''], about).trim(), summary(lines)].join('\n\n')
}

/**
 * Updates the tables of a file and keeps its text.
 * @throws Problem if the file has no marks
 */
export async function writeReport(file: string, report: Report): Promise<void> {
  const text = readFileSync(file, 'utf8')
  const begin = text.indexOf(BEGIN)
  const end = text.indexOf(END)
  if (begin < 0 || end < begin) throw new Problem(`${file} has no lines "${BEGIN}" and "${END}" to write between.`)
  const head = text.slice(0, begin + BEGIN.length)
  const written = `${head}\n\n${asMarkdown(report)}\n\n${text.slice(end)}`
  writeFileSync(file, await format(written, { parser: 'markdown', printWidth: 120 }))
}

function asMarkdown({ about, lines, tables }: Report): string {
  const machine = about.map(([name, value]) => `- **${name}**: ${value}`).join('\n')
  const details = tables.map(({ title, columns, rows }) => `### ${title}\n\n${markdownTable(columns, rows)}`)
  const figures = markdownTable(HEAD, lines.map(cells))
  return ['## Figures', summary(lines), figures, machine, '## Origin of the figures', ...details].join('\n\n')
}

const HEAD = ['what', 'figure', 'goal', '']

function cells(line: Line): string[] {
  return [line.what, line.figure, line.goal ?? '–', verdict(line)]
}

function summary(lines: Line[]): string {
  const judged = lines.filter(({ met }) => met !== undefined)
  return `${judged.filter(({ met }) => met).length} of ${judged.length} goals met.`
}

function markdownTable(columns: string[], rows: string[][]): string {
  return [columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}
