/** Label selectors: as objects, as maps of labels, and as text. */
import { at, isRecord, listAt, textAt } from './fields'

/** An absent selector matches nothing, an empty one everything. */
export function matchesSelector(selector: unknown, labels: Record<string, unknown>): boolean {
  if (!isRecord(selector)) return false
  const all = labelsOf(selector).every(([name, value]) => labels[name] === value)
  return all && listAt(selector, 'matchExpressions').every((expression) => matchesExpression(expression, labels))
}

/** A plain map of labels, as a Service has it: an empty one matches nothing. */
export function matchesLabels(wanted: Record<string, unknown>, labels: Record<string, unknown>): boolean {
  const entries = Object.entries(wanted)
  return entries.length > 0 && entries.every(([name, value]) => labels[name] === value)
}

function matchesExpression(expression: unknown, labels: Record<string, unknown>): boolean {
  const value = labels[textAt(expression, 'key') ?? '']
  const values = listAt(expression, 'values')
  switch (textAt(expression, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

/**
 * A LabelSelector as a query parameter.
 * @returns undefined for an absent selector or one that selects nothing
 */
export function selectorText(selector: unknown): string | undefined {
  const labels = labelsOf(selector).map(([name, value]) => `${name}=${String(value)}`)
  const expressions = listAt(selector, 'matchExpressions').map((expression) => {
    const key = textAt(expression, 'key') ?? ''
    const values = listAt(expression, 'values').map(String)
    switch (textAt(expression, 'operator')) {
      case 'In':
        return `${key} in (${values.join(',')})`
      case 'NotIn':
        return `${key} notin (${values.join(',')})`
      case 'DoesNotExist':
        return `!${key}`
      default:
        return key
    }
  })
  return [...labels, ...expressions].join(',') || undefined
}

function labelsOf(selector: unknown): [string, unknown][] {
  const labels = at(selector, 'matchLabels')
  return isRecord(labels) ? Object.entries(labels) : []
}
