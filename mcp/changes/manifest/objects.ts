/** Extracts the objects of a document, flattening Lists, and validates their common fields. */
import { msg } from '../../../shared/messages/create'
import type { Path, ReadDocument } from './document'
import { isRecord } from '../../../shared/kubernetes/fields'
import { refusal, shown } from './refusal'
import { isNamespaceName, isPathSegment } from '../../../shared/kubernetes/names'

export interface FoundObject {
  object: Record<string, unknown>
  path: Path
}

/** @throws KubeError `invalid-arguments` */
export function objectsOf({ value, lineOf }: ReadDocument): FoundObject[] {
  return Array.isArray(value)
    ? value.flatMap((each: unknown, index) => flatten(each, [index], lineOf))
    : flatten(value, [], lineOf)
}

type LineOf = ReadDocument['lineOf']

function flatten(value: unknown, path: Path, lineOf: LineOf): FoundObject[] {
  const line = lineOf(path)
  if (!isRecord(value)) throw refusal('no-object', line, msg('manifest-no-object'))
  checkFieldNames(value, TOP_FIELDS, path, lineOf)
  if (!('items' in value)) {
    if (typeof value.kind === 'string' && value.kind === 'List') throw refusal('list', line, msg('manifest-list-items'))
    return [{ object: value, path }]
  }
  const { kind, apiVersion, items } = value
  if (!Array.isArray(items) || typeof kind !== 'string' || !kind.endsWith('List'))
    throw refusal('list', lineOf([...path, 'items']), msg('manifest-items-of-list'))
  const itemKind = kind.slice(0, -'List'.length)
  return items.flatMap((item: unknown, index) => {
    // Like kubectl: items of a `DeploymentList` may omit their kind.
    const preset = isRecord(item) && !item.kind && !item.apiVersion && itemKind !== ''
    return flatten(preset ? { ...item, apiVersion, kind: itemKind } : item, [...path, 'items', index], lineOf)
  })
}

const TOP_FIELDS = ['apiVersion', 'kind', 'metadata', 'items']
const METADATA_FIELDS = ['name', 'generateName', 'namespace', 'labels', 'annotations', 'finalizers', 'ownerReferences']

/** Some readers match field names in any case, others drop them. */
function checkFieldNames(value: Record<string, unknown>, fields: string[], path: Path, lineOf: LineOf): void {
  for (const key of Object.keys(value)) {
    const field = fields.find((each) => each !== key && each.toLowerCase() === key.toLowerCase())
    if (field !== undefined)
      throw refusal('field-name', lineOf([...path, key]), msg('manifest-field-spelling', { key: shown(key), field }))
  }
}

const API_VERSION = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[a-z0-9]+$/
const KIND = /^[A-Za-z][A-Za-z0-9]*$/

export interface Identity {
  apiVersion: string
  kind: string
  /** Empty if the cluster generates it. */
  name: string
  generateName?: string
  namespace?: string
}

/**
 * The object's kind and name.
 * @param mayGenerateName accepts `generateName` instead of a name
 * @throws KubeError `invalid-arguments`
 */
export function identityOf({ object, path }: FoundObject, lineOf: LineOf, mayGenerateName: boolean): Identity {
  const { apiVersion, kind, metadata } = object
  const lineAt = (...below: Path) => lineOf([...path, ...below])
  if (typeof apiVersion !== 'string' || !API_VERSION.test(apiVersion))
    throw refusal('api-version', lineAt('apiVersion'), msg('manifest-api-version'))
  if (typeof kind !== 'string' || !KIND.test(kind)) throw refusal('kind', lineAt('kind'), msg('manifest-kind'))
  if (!isRecord(metadata)) throw refusal('metadata', lineAt('metadata'), msg('manifest-metadata', { kind }))
  checkFieldNames(metadata, METADATA_FIELDS, [...path, 'metadata'], lineOf)
  const { name: written, generateName, namespace } = metadata
  const name = written ?? ''
  if (typeof name !== 'string') throw refusal('name', lineAt('metadata', 'name'), msg('manifest-name-text'))
  if (name !== '' && !isPathSegment(name))
    throw refusal('name', lineAt('metadata', 'name'), msg('manifest-name-invalid', { name: shown(name) }))
  checkNamespace(namespace, lineAt('metadata', 'namespace'))
  for (const field of ['labels', 'annotations'])
    checkTexts(metadata[field], field, [...path, 'metadata', field], lineOf)
  const base = { apiVersion, kind, ...(typeof namespace === 'string' && namespace !== '' && { namespace }) }
  if (name !== '') return { ...base, name }
  if (generateName === undefined || generateName === null || generateName === '')
    throw refusal('name', lineAt('metadata'), msg('manifest-name-missing', { kind }), { kind })
  if (typeof generateName !== 'string' || !isPathSegment(generateName))
    throw refusal('name', lineAt('metadata', 'generateName'), msg('manifest-generate-name'))
  if (!mayGenerateName)
    throw refusal('name', lineAt('metadata', 'generateName'), msg('manifest-generate-name-use'), { kind })
  return { ...base, name: '', generateName }
}

function checkNamespace(namespace: unknown, line: number | undefined): void {
  if (namespace === undefined || namespace === null || namespace === '') return
  if (typeof namespace !== 'string' || !isNamespaceName(namespace))
    throw refusal('namespace', line, msg('manifest-namespace'))
}

/** The API server refuses them too, but does not name the line. */
function checkTexts(value: unknown, field: string, path: Path, lineOf: LineOf): void {
  if (value === undefined || value === null) return
  if (!isRecord(value)) throw refusal('labels', lineOf(path), msg('manifest-names-with-texts', { field }))
  for (const [key, each] of Object.entries(value))
    if (typeof each === 'number' || typeof each === 'boolean')
      throw refusal(
        'labels',
        lineOf([...path, key]),
        msg('manifest-value-text', { key: shown(key), each: String(each), field }),
        { field, key: shown(key) },
      )
}
