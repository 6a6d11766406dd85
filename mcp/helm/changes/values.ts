/** Reads a chart's values from a model's arguments. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import { z } from 'zod'
import { isNeededJoiner } from '../../../shared/joiners'
import { splitDocuments } from '../../changes/manifest/documents'
import { secretIn } from '../../changes/manifest/secrets'
import { readYaml } from '../../changes/manifest/yaml'
import { KubeError } from '../../kubernetes/errors/errors'
import { MASK } from '../../kubernetes/mask'
import { maskValues } from '../mask-values'
import { leaves } from './fields'

const MAX_VALUES = 256 * 1024

/** Invisible characters, except tabs and line breaks. */
const INVISIBLE = /[\p{Cf}\p{Co}]|(?![\t\n\r])\p{Cc}/gu

/**
 * Accepts an object, or JSON or YAML text.
 * @throws KubeError `invalid-arguments`, also for values that look like credentials
 */
export function readValues(value: unknown): Record<string, unknown> {
  const read = typeof value === 'string' ? parsed(value) : value
  const values = z.record(z.string(), z.unknown()).safeParse(read ?? {}).data
  if (!values || Array.isArray(read)) throw invalid(msg('values-not-object'))
  if (JSON.stringify(values).length > MAX_VALUES) throw invalid(msg('values-too-long', { size: MAX_VALUES / 1024 }))
  checkValues(values)
  return values
}

function parsed(text: string): unknown {
  if (text.length > MAX_VALUES) throw invalid(msg('values-too-long', { size: MAX_VALUES / 1024 }))
  try {
    return JSON.parse(text)
  } catch {
    const documents = splitDocuments(text).flatMap((document) => readYaml(document) ?? [])
    if (documents.length > 1) throw invalid(msg('values-several'))
    return documents[0]?.value
  }
}

/** Values that cannot be shown cannot be approved, and a masked value must not overwrite the real one. */
function checkValues(values: Record<string, unknown>): void {
  if (secretIn({ values })) throw invalid(msg('values-secret'))
  const masked = leaves(maskValues(values, []))
  for (const [path, value] of leaves(values)) {
    if (typeof value === 'string' && value.includes(MASK)) throw invalid(msg('values-masked', { path, mask: MASK }))
    if (masked.get(path) !== value) throw invalid(msg('values-credential', { path }))
    if (typeof value === 'string' && hidesCharacters(value)) throw invalid(msg('values-invisible', { path }))
  }
}

function invalid(detail: Message): KubeError {
  return new KubeError('invalid-arguments', detail, { argument: 'values' })
}

function hidesCharacters(text: string): boolean {
  return [...text.matchAll(INVISIBLE)].some(({ index }) => !isNeededJoiner(text, index))
}
