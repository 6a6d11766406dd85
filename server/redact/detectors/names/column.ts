import { promiseOf } from '#shared/redact/key'
import type { Detector } from '../../detector'
import type { Spans } from '../../spans'
import { lineEnd, lineStart } from '../../text/lines'
import { isCredential } from '../../values/taken'
import { atNames } from './named'

/** A longer line is not part of a table. */
const LONGEST_LINE = 2000
const MOST_ROWS = 100_000

/** A table column whose heading promises a credential: CSV, blank-separated columns, psql's and Markdown's `|`. */
export const column: Detector = {
  name: 'column',
  trigger: { kind: 'key', places: ['bare'] },
  redact: atNames((text, key, out) => {
    const start = lineStart(text, key.start)
    const end = start === undefined ? 0 : lineEnd(text, key.end)
    if (start === undefined || end - start > LONGEST_LINE || key.separator || end >= text.length)
      // A line is examined once, for any number of names.
      return start === undefined ? key.end : end
    const heading = text.slice(start, end)
    const split = heading.includes('|') ? '|' : /[;,\t]/.exec(heading)?.[0]
    if (split === undefined) return aligned(text, heading, start, end, out) ?? end
    if (/[=:(){}]/.test(heading)) return end
    const names = cellsOf(heading, split)
    const tells = names.map(
      ({ text: name }) => /^[\p{L}\p{M}\p{N}_. -]{1,60}$/u.test(name) && promiseOf(name) !== undefined,
    )
    if (names.length < 2 || !tells.includes(true)) return end
    return rows(text, end + 1, out, (line) => {
      const cells = cellsOf(line, split)
      if (cells.length !== names.length) return undefined
      return cells
        .filter((_, index) => tells[index])
        .map((cell) => ({ ...cell, name: names[cells.indexOf(cell)]?.text ?? '' }))
    })
  }),
  samples: {
    gone: [
      ['"user","password"\n"admin","2jwEJRsgWm9PEn"', '2jwEJRsgWm9PEn'],
      ['user;password;age\nadmin;hunter2;3\nother;letmein;4\n', 'hunter2', 'letmein'],
      [' user  | password \n-------+----------\n admin | hunter2\n(1 row)', 'hunter2'],
      ['| User | Password |\n|---|---|\n| admin | hunter2 |', 'hunter2'],
      ['NAME    APIKEY           AGE\nadmin   pMGjoOON5nVYrP   5d\n', 'pMGjoOON5nVYrP'],
    ],
    kept: [
      'NAME                  TYPE     DATA   AGE\ndefault-token-wnqxh   Opaque   3      5d',
      'NAME       SECRETNAME\nshop-tls   shop-tls-2024\n',
      'get, list, secrets\nA1b2C3d4, E5f6G7h8, x',
      'NAME   SECRETS   AGE\ndefault   1   5d',
      'GET   /oauth2/token   200\nGET   /healthz        200\n',
    ],
  },
}

interface Cell {
  start: number
  end: number
  text: string
}

function cellsOf(line: string, split: string): Cell[] {
  const cells: Cell[] = []
  let at = 0
  for (const part of line.split(split)) {
    const bare = part.trim()
    const quoted = /^(["'])(.*)\1$/.exec(bare)?.[2]
    const start = at + part.indexOf(bare) + (quoted === undefined ? 0 : 1)
    cells.push({ start, end: start + (quoted ?? bare).length, text: quoted ?? bare })
    at += part.length + 1
  }
  return cells
}

/** Columns of kubectl and other programs: separated by two blanks, with cells below their heading. */
function aligned(text: string, heading: string, start: number, end: number, out: Spans): number | undefined {
  if (!/^\S.* {2,}\S/.test(heading) || /[=:"'{}]/.test(heading)) return undefined
  const columns = [...heading.matchAll(/\S+(?: \S+)*/g)].map((match) => ({ name: match[0], at: match.index }))
  const tells = columns.map(({ name }) => !name.includes('/') && promiseOf(name) !== undefined)
  if (!tells.includes(true) || start === end) return undefined
  return rows(text, end + 1, out, (line) => {
    if (!/ {2,}/.test(line)) return undefined
    return columns.flatMap(({ name, at }, index) => {
      if (!tells[index]) return []
      const from = line.length > at && line[at - 1] === ' ' ? at : -1
      const cell = from < 0 ? '' : (/^\S+(?: \S+)*/.exec(line.slice(from, columns[index + 1]?.at))?.[0] ?? '')
      return cell === '' ? [] : [{ start: from, end: from + cell.length, text: cell, name }]
    })
  })
}

/** Redacts cells until a line is not a row; returns that position. */
function rows(
  text: string,
  from: number,
  out: Spans,
  read: (line: string) => (Cell & { name: string })[] | undefined,
): number {
  let at = from
  for (let count = 0; count < MOST_ROWS && at < text.length; count++) {
    const end = lineEnd(text, at)
    if (end - at > LONGEST_LINE || end === at) break
    const line = text.slice(at, end)
    if (/^[\s|+:=-]*$/.test(line)) {
      at = end + 1
      continue
    }
    const cells = read(line)
    if (!cells) break
    for (const cell of cells)
      if (
        isCredential(
          /^(?:SECRETS?|CREDENTIALS?|AUTH)$/.test(cell.name) ? cell.name.toLowerCase() : cell.name,
          cell.text,
        )
      )
        out.add(at + cell.start, at + cell.end)
    at = end + 1
  }
  return Math.max(from - 1, at - 1)
}
