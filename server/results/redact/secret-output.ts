/**
 * A fence around answers to calls about Secrets. Manifests, tables and descriptions are redacted by their shape; a value
 * alone, as `-o jsonpath` prints it, has none, and is not let out at all.
 */
import type { ResultPart } from '#shared/result'
import { isHarmless, REDACTED } from './marker'

/** The columns that kubectl and both servers print of Secrets. */
const columns = new Set(
  'NAMESPACE NAME TYPE DATA AGE LABELS APIVERSION KIND STATUS CREATED SHORTNAMES NAMESPACED VERBS'.split(' '),
)
const manifest = /^\s*(?:- )?["']?(?:kind|apiVersion|items|metadata|data|stringData|type)["']?:/m
const change =
  /^(?:secrets?\/[\w.-]+ [\w ()]+|secret "[\w.-]+" [\w ()]+|(?:Deleted|Forbidden): .*|No resources found.*|\(no \w+\)|Waiting for .*|Warning: .*)$/

/** The clean part of such an answer that did not fail, without the values that have no shape. */
export function fenceSecretOutput(part: ResultPart): ResultPart {
  if (part.kind === 'table') {
    const known = part.columns.map((column) => columns.has(column.toUpperCase()))
    if (known.every(Boolean)) return part
    const rows = part.rows.map((row) => row.map((cell, index) => (known[index] || isHarmless(cell) ? cell : REDACTED)))
    return { ...part, rows }
  }
  const isSafe =
    /^Name: /.test(part.text) || part.text.split('\n').every((line) => line.trim() === '' || change.test(line))
  const isManifest = manifest.test(part.text) && /\bkind["']?\s*:\s*["']?Secret/.test(part.text)
  if (isSafe || isManifest) return part
  return { kind: 'text', text: `${REDACTED} Of Secrets only names, keys and sizes are shown.` }
}
