/** Conditions on a table's rows: `STATUS=Pending|Failed, RESTARTS>5, NODE!=worker-1, NAME~cart`. */
import { cellValue, columnIndex } from './columns'

type Operator = '=' | '!=' | '~' | '!~' | '>' | '<' | '>=' | '<='

interface Condition {
  column: string
  operator: Operator
  value: string
}

/** Before a condition: a comma, or `and`. */
const BETWEEN = /\s*(?:,|\band\b|&&)\s*(?=[\w .()-]{1,40}?\s*(?:!=|==?|!~|=?~|>=?|<=?))/i
const CONDITION = /^\s*([\w .()-]{1,40}?)\s*(!=|==?|!~|=?~|>=?|<=?)\s*(.*?)\s*$/s

export type Where = { test: (row: readonly string[], extra?: Record<string, string>) => boolean }

/**
 * Reads conditions that must all hold. `=` compares whole cells and numbers, `~` parts of them, both in any case; `|`
 * separates alternatives. `>` and `<` compare numbers, ages and `ready/total`.
 * @param extra values beside the cells, by name in lower case, such as the verdict
 * @returns `unknown`: the part that cannot be read, or the missing column
 */
export function readWhere(
  columns: readonly string[],
  text: string,
  extra: readonly string[] = [],
): Where | { unknown: string } {
  const tests: Where['test'][] = []
  for (const piece of text.split(BETWEEN).filter((each) => each.trim() !== '')) {
    const [, column = '', operator = '', value = ''] = CONDITION.exec(piece) ?? []
    if (column === '') return { unknown: piece.trim() }
    const condition = { column, operator: operatorOf(operator), value: unquoted(value) }
    const index = columnIndex(columns, column)
    const name = column.toLowerCase()
    if (index < 0 && !extra.includes(name)) return { unknown: column }
    tests.push((row, beside) => holds(condition, index >= 0 ? (row[index] ?? '') : (beside?.[name] ?? '')))
  }
  return { test: (row, beside) => tests.every((test) => test(row, beside)) }
}

function operatorOf(written: string): Operator {
  switch (written) {
    case '==':
      return '='
    case '=~':
      return '~'
    case '!=':
    case '~':
    case '!~':
    case '>':
    case '<':
    case '>=':
    case '<=':
      return written
    default:
      return '='
  }
}

function holds({ operator, value }: Condition, cell: string): boolean {
  switch (operator) {
    case '=':
      return alternatives(value).some((each) => isSame(cell, each))
    case '!=':
      return !alternatives(value).some((each) => isSame(cell, each))
    case '~':
      return containsAny(cell, value)
    case '!~':
      return !containsAny(cell, value)
    case '>':
    case '<':
    case '>=':
    case '<=':
      return compares(cellValue(cell), operator, cellValue(value))
  }
}

function compares(cell: number | string, operator: '>' | '<' | '>=' | '<=', value: number | string): boolean {
  if (typeof cell !== typeof value) return false
  switch (operator) {
    case '>':
      return cell > value
    case '<':
      return cell < value
    case '>=':
      return cell >= value
    case '<=':
      return cell <= value
  }
}

/** `12` is the same as `12 (2m ago)`, but `1` is not `1/1`. */
function isSame(cell: string, value: string): boolean {
  if (cell.toLowerCase() === value.toLowerCase()) return true
  return /^\d+$/.test(value) && /^\d+ \(/.test(cell) && cellValue(cell) === Number(value)
}

/** Whether a text contains one of the alternatives, in any case. */
export function containsAny(text: string, search: string): boolean {
  const lower = text.toLowerCase()
  return alternatives(search).some((each) => lower.includes(each.toLowerCase()))
}

function alternatives(value: string): string[] {
  const parts = value.split('|').map((part) => part.trim())
  return parts.length > 1 && parts.every((part) => part !== '') ? parts : [value]
}

function unquoted(value: string): string {
  return /^(["'])(.*)\1$/s.exec(value)?.[2] ?? value
}
