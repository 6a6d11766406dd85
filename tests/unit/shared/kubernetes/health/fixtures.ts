/** The fixtures beside this file: tables as kubectl prints them, and lists of objects. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { KubeObject } from '../../../../../shared/kubernetes/object'

export const NOW = Date.parse('2026-11-29T12:00:00Z')

const listSchema = z.object({
  items: z.array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) })),
})

const read = (file: string): string => readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8')

/** The objects of a fixture. */
export function objects(file: string): KubeObject[] {
  return listSchema.parse(parse(read(file))).items
}

export function object(file: string, kind: string, name: string): KubeObject {
  const found = objects(file).find((one) => one.kind === kind && one.metadata.name === name)
  if (!found) throw new Error(`${file} has no ${kind} ${name}`)
  return found
}

export interface Table {
  columns: string[]
  rows: string[][]
}

/** The tables of a fixture, which blank lines and comments part. */
function tables(file: string): Table[] {
  const blocks = read(file).split(/\n\s*\n/)
  return blocks.flatMap((block) => {
    const lines = block.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
    const heading = lines[0]
    if (heading === undefined) return []
    const starts = [...heading.matchAll(/\S+(?: \S+)*/g)].map((match) => match.index)
    const cells = (line: string): string[] => starts.map((start, index) => line.slice(start, starts[index + 1]).trim())
    return [{ columns: cells(heading), rows: lines.slice(1).map(cells) }]
  })
}

/** The table and the row of a name. */
export function row(file: string, name: string): { columns: string[]; cells: string[] } {
  for (const { columns, rows } of tables(file)) {
    const cells = rows.find((one) => one[columns.indexOf('NAME')] === name)
    if (cells) return { columns, cells }
  }
  throw new Error(`${file} has no row ${name}`)
}
