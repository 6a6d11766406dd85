/** Whether labels match a LabelSelector. */
import { isRecord } from '../../../../shared/kubernetes/fields'
import { listAt, recordAt, textAt } from '../../../kubernetes/read/fields'

/** An absent selector matches nothing, an empty one everything. */
export function matchesSelector(selector: unknown, labels: Record<string, unknown>): boolean {
  if (!isRecord(selector)) return false
  const all = Object.entries(recordAt(selector, 'matchLabels')).every(([name, value]) => labels[name] === value)
  return all && listAt(selector, 'matchExpressions').every((expression) => matchesExpression(expression, labels))
}

/** A plain map of labels, as a Service has it: an empty one matches nothing. */
export function matchesLabels(wanted: Record<string, unknown>, labels: Record<string, unknown>): boolean {
  const entries = Object.entries(wanted)
  return entries.length > 0 && entries.every(([name, value]) => labels[name] === value)
}

function matchesExpression(expression: unknown, labels: Record<string, unknown>): boolean {
  const value = labels[textAt(expression, 'key')]
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
