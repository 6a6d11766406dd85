/**
 * A fence around answers to calls about Secrets. Manifests, tables and descriptions are redacted by their shape; a value
 * alone, as `-o jsonpath` prints it, has none, and is not let out at all.
 */
import { msg } from '#shared/messages/create'
import { textPart, type ParsedPart } from './parse/reading'
import { REDACTED } from '../redact/marker'
import { isHarmless } from '../redact/values/harmless'

const NOT_SHOWN = textPart(msg('secret-values-hidden', { redacted: REDACTED }))

/** The columns that kubectl and both servers print of Secrets, and what stands in them. */
const columns = new Set('TYPE DATA AGE LABELS APIVERSION KIND STATUS CREATED SHORTNAMES NAMESPACED VERBS'.split(' '))
const objectName = /^(?:[a-z]+\/)?[a-z0-9.-]*$/

/** The pattern of the column's cells; undefined if none is shown. */
function shownIn(column: string): RegExp | undefined {
  if (column === 'NAME' || column === 'NAMESPACE') return objectName
  return columns.has(column) ? /^/ : undefined
}

const manifest = /^\s*(?:- )?["']?(?:kind|apiVersion|items|metadata|data|stringData|type)["']?:/m
const change =
  /^(?:secrets?\/[\w.-]+ [\w ()]+|secret "[\w.-]+" [\w ()]+|(?:Deleted|Forbidden): .*|No resources found.*|\(no \w+\)|Waiting for .*|Warning: .*)$/

/** Outputs whose headings and shape the caller chooses. */
const chosenShape = /custom|jsonpath|template/i

/** The clean part of such an answer that did not fail, without the values that have no shape. */
export function fenceSecretOutput(part: ParsedPart, args: Record<string, unknown>): ParsedPart {
  if (
    chosenShape.test(
      JSON.stringify([args['output'], args['outputFormat'], args['flags'], args['args'], args['command']]),
    )
  )
    return NOT_SHOWN
  if (part.kind === 'table') {
    const shows = part.columns.map((column) => shownIn(column.toUpperCase()))
    const rows = part.rows.map((row) =>
      row.map((cell, index) => (shows[index]?.test(cell) || isHarmless(cell) ? cell : REDACTED)),
    )
    return { ...part, rows }
  }
  const isSafe =
    /^Name: /.test(part.text) || part.text.split('\n').every((line) => line.trim() === '' || change.test(line))
  const isManifest = manifest.test(part.text) && /\bkind["']?\s*:\s*["']?Secret/.test(part.text)
  if (isSafe || isManifest) return part
  return NOT_SHOWN
}
