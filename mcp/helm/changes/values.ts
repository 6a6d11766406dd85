/** Reads a chart's values from a model's arguments. */
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
  if (!values || Array.isArray(read)) throw invalid('The argument values must be an object, e.g. {"replicaCount": 3}.')
  if (JSON.stringify(values).length > MAX_VALUES) throw invalid(`The values are longer than ${MAX_VALUES / 1024} KiB.`)
  checkValues(values)
  return values
}

function parsed(text: string): unknown {
  if (text.length > MAX_VALUES) throw invalid(`The values are longer than ${MAX_VALUES / 1024} KiB.`)
  try {
    return JSON.parse(text)
  } catch {
    const documents = splitDocuments(text).flatMap((document) => readYaml(document) ?? [])
    if (documents.length > 1) throw invalid('The values hold several YAML documents. Give one.')
    return documents[0]?.value
  }
}

/** Values that cannot be shown cannot be approved, and a masked value must not overwrite the real one. */
function checkValues(values: Record<string, unknown>): void {
  if (secretIn({ values }))
    throw invalid(
      'The values hold a Secret. The assistant does not write Secrets: refer to one that exists, by its name.',
    )
  const masked = leaves(maskValues(values, []))
  for (const [path, value] of leaves(values)) {
    if (typeof value === 'string' && value.includes(MASK))
      throw invalid(`${path} is "${MASK}", where a value was hidden. Leave it out: the release keeps its value.`)
    if (masked.get(path) !== value)
      throw invalid(
        `${path} looks like a credential: what cannot be shown cannot be approved. Refer to a Secret that exists, by its name.`,
      )
    if (typeof value === 'string' && hidesCharacters(value))
      throw invalid(`${path} holds invisible characters: what cannot be shown cannot be approved.`)
  }
}

function invalid(text: string): KubeError {
  return new KubeError('invalid-arguments', text, { argument: 'values' })
}

function hidesCharacters(text: string): boolean {
  return [...text.matchAll(INVISIBLE)].some(({ index }) => !isNeededJoiner(text, index))
}
