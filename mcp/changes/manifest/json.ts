/** Reads JSON from text or from parsed arguments. */
import { msg } from '../../../shared/messages/create'
import type { ReadDocument } from './document'
import { FORBIDDEN_KEY, limitProblem, MAX_CHARS } from './limits'
import { refusal, shown, tooDeep } from './refusal'
import { readFloat } from './scalar'
import { numberRefusal } from './yaml'

/**
 * @returns undefined if the text is not JSON
 * @throws KubeError `invalid-arguments`
 */
export function readJson(text: string): ReadDocument | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  checkTokens(text)
  return { ...readValue(value, 1), lineOf: () => 1 }
}

/**
 * @param line first line, if it was text
 * @throws KubeError `invalid-arguments`
 */
export function readValue(value: unknown, line?: number): ReadDocument {
  switch (limitProblem(value)) {
    case 'too-deep':
      throw tooDeep(line)
    case 'too-long':
      throw refusal('too-long', line, msg('manifest-too-long', { size: MAX_CHARS / 1024 }))
    case 'key':
      throw refusal('key', line, msg('manifest-forbidden-key', { key: FORBIDDEN_KEY }))
    case undefined:
      return { value: exact(value, line), lineOf: () => line, surprises: [] }
  }
}

/** A copy without values that JSON cannot represent. */
function exact(value: unknown, line: number | undefined): unknown {
  if (Array.isArray(value)) return value.map((each) => exact(each, line))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [wellFormed(key, line), exact(each, line)]))
  if (typeof value === 'string') return wellFormed(value, line)
  if (typeof value === 'boolean' || value === null) return value
  if (typeof value !== 'number') throw refusal('syntax', line, msg('manifest-not-json'))
  const reading = readFloat(String(value))
  if ('problem' in reading) throw numberRefusal(reading.problem, String(value), line)
  return reading.value
}

function wellFormed(text: string, line: number | undefined): string {
  if (text.isWellFormed()) return text
  throw refusal('escape', line, msg('manifest-half-character'))
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|\n|[^\s"{}[\]:,]+/g

/** Finds what `JSON.parse` hides: duplicate fields and rounded numbers. */
function checkTokens(text: string): void {
  let line = 1
  /** Names of each enclosing object; undefined for a list. */
  const around: (Set<string> | undefined)[] = []
  let isName = false
  for (const [token] of text.matchAll(TOKEN)) {
    const names = around.at(-1)
    if (token === '\n') line++
    else if (token === '{' || token === '[') {
      around.push(token === '{' ? new Set() : undefined)
      isName = token === '{'
    } else if (token === '}' || token === ']') around.pop()
    else if (token === ',') isName = names !== undefined
    else if (token === ':') isName = false
    else if (token.startsWith('"')) {
      if (!isName || !names) continue
      const name = String(JSON.parse(token))
      if (names.has(name)) throw refusal('duplicate-key', line, msg('manifest-field-twice', { name: shown(name) }))
      names.add(name)
    } else if (/^[-\d]/.test(token)) {
      const reading = readFloat(token)
      if ('problem' in reading) throw numberRefusal(reading.problem, token, line)
    }
  }
}
