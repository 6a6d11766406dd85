/** Parses structures given as a value or as text, and rejects masked values. */
import { msg } from '../../../shared/messages/create'
import { isRecord } from '../../../shared/kubernetes/fields'
import { checkLength, splitDocuments } from '../../changes/manifest/documents'
import { readJson, readValue } from '../../changes/manifest/json'
import { readYaml } from '../../changes/manifest/yaml'
import { MASK } from '../../kubernetes/mask'
import { invalid } from './reader'

/**
 * Parses JSON or YAML text with the manifest reader; returns other values unchanged.
 * @throws KubeError `invalid-arguments` with the line
 */
export function readStructure(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return readValue(value).value
  checkLength(value)
  const json = /^\s*[[{]/.test(value) ? readJson(value) : undefined
  if (json) return json.value
  const [only, ...others] = splitDocuments(value).flatMap((document) => readYaml(document) ?? [])
  if (only && others.length === 0) return only.value
  throw invalid(name, msg('argument-not-json', { name }))
}

/**
 * A masked value must not be written back over the real one.
 * @throws KubeError `invalid-arguments` naming the field
 */
export function checkUnmasked(name: string, value: unknown): void {
  const path = pathOf(value, (each) => typeof each === 'string' && each.includes(MASK))
  if (path === undefined) return
  throw invalid(name, msg('argument-masked', { path: path || name, mask: MASK }))
}

/** Path of the first matching value; undefined if none matches. */
function pathOf(value: unknown, fits: (each: unknown) => boolean, path: string[] = []): string | undefined {
  if (fits(value)) return path.join('.')
  if (!isRecord(value) && !Array.isArray(value)) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const found = pathOf(inner, fits, [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}
