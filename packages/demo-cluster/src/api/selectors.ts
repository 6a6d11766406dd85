/** Label and field selectors of list requests. */
import type { StringMap } from '../types'
import { badRequest } from './status'

export type LabelTest = (labels: StringMap) => boolean

const KEY = '[A-Za-z0-9](?:[-\\w./]*[A-Za-z0-9])?'
const VALUE = '(?:[A-Za-z0-9](?:[-\\w.]*[A-Za-z0-9])?)?'
const EXISTS = new RegExp(`^(!?)\\s*(${KEY})$`)
const EQUALS = new RegExp(`^(${KEY})\\s*(==?|!=)\\s*(${VALUE})$`)
const IN_SET = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([^()]*)\\)$`)

/**
 * Parses a label selector: `app=web`, `tier!=db`, `app in (web, cart)`, `app notin (web)`, `app`, `!app`, joined by
 * commas.
 * @throws StatusError 400 for any other form
 */
export function parseLabelSelector(selector: string): LabelTest {
  const tests = splitOutsideParentheses(selector)
    .map((part) => part.trim())
    .filter(Boolean)
    .map(parseRequirement)
  return (labels) => tests.every((test) => test(labels))
}

function splitOutsideParentheses(selector: string): string[] {
  return selector.match(/(?:[^,(]|\([^)]*\)?)+/g) ?? []
}

function parseRequirement(part: string): LabelTest {
  const exists = EXISTS.exec(part)
  if (exists) {
    const [, not, key = ''] = exists
    return (labels) => Object.hasOwn(labels, key) !== (not === '!')
  }
  const equals = EQUALS.exec(part)
  if (equals) {
    const [, key = '', operator, value] = equals
    // In Kubernetes an object without the label matches `!=`.
    return (labels) => (labels[key] === value) !== (operator === '!=')
  }
  const inSet = IN_SET.exec(part)
  if (inSet) {
    const [, key = '', operator, list = ''] = inSet
    const values = list.split(',').map((value) => value.trim())
    return (labels) => values.some((value) => labels[key] === value) !== (operator === 'notin')
  }
  throw badRequest(`unable to parse requirement: ${part}`)
}

export interface FieldRequirement {
  label: string
  value: string
  negated: boolean
}

/**
 * Parses a field selector: `status.phase=Running,spec.nodeName!=demo-worker-1`.
 * @throws StatusError 400 if a part has no operator
 */
export function parseFieldSelector(selector: string): FieldRequirement[] {
  return selector
    .split(',')
    .filter(Boolean)
    .map((part) => {
      const match = /^([^=!]+)(==?|!=)(.*)$/.exec(part)
      if (!match) throw badRequest(`invalid field selector "${selector}"; can't understand "${part}"`)
      const [, label = '', operator, value = ''] = match
      return { label: label.trim(), value: value.trim(), negated: operator === '!=' }
    })
}
