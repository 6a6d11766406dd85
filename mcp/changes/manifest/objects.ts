/** Extracts the objects of a document, flattening Lists, and validates their common fields. */
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
  if (!isRecord(value))
    throw refusal('no-object', line, 'a Kubernetes object with apiVersion and kind must stand here.')
  checkFieldNames(value, TOP_FIELDS, path, lineOf)
  if (!('items' in value)) {
    if (typeof value.kind === 'string' && value.kind === 'List')
      throw refusal('list', line, 'a List needs the field items.')
    return [{ object: value, path }]
  }
  const { kind, apiVersion, items } = value
  if (!Array.isArray(items) || typeof kind !== 'string' || !kind.endsWith('List'))
    throw refusal(
      'list',
      lineOf([...path, 'items']),
      'only a List may have the field items, and it must hold a list of objects.',
    )
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
      throw refusal('field-name', lineOf([...path, key]), `the field ${shown(key)} must be written ${field}.`)
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
    throw refusal('api-version', lineAt('apiVersion'), 'apiVersion must be a text such as v1 or apps/v1.')
  if (typeof kind !== 'string' || !KIND.test(kind))
    throw refusal('kind', lineAt('kind'), 'kind must be a text such as Deployment.')
  if (!isRecord(metadata))
    throw refusal('metadata', lineAt('metadata'), `the ${kind} needs the field metadata with a name.`)
  checkFieldNames(metadata, METADATA_FIELDS, [...path, 'metadata'], lineOf)
  const { name: written, generateName, namespace } = metadata
  const name = written ?? ''
  if (typeof name !== 'string')
    throw refusal('name', lineAt('metadata', 'name'), 'the name must be a text. Put it in quotes.')
  if (name !== '' && !isPathSegment(name))
    throw refusal('name', lineAt('metadata', 'name'), `"${shown(name)}" is not a valid name.`)
  checkNamespace(namespace, lineAt('metadata', 'namespace'))
  for (const field of ['labels', 'annotations'])
    checkTexts(metadata[field], field, [...path, 'metadata', field], lineOf)
  const base = { apiVersion, kind, ...(typeof namespace === 'string' && namespace !== '' && { namespace }) }
  if (name !== '') return { ...base, name }
  if (generateName === undefined || generateName === null || generateName === '')
    throw refusal('name', lineAt('metadata'), `the ${kind} has no name. Add metadata.name.`, { kind })
  if (typeof generateName !== 'string' || !isPathSegment(generateName))
    throw refusal('name', lineAt('metadata', 'generateName'), 'generateName must be the begin of a valid name.')
  if (!mayGenerateName)
    throw refusal(
      'name',
      lineAt('metadata', 'generateName'),
      'generateName works only when an object is created. Add metadata.name, or use kubectl_create.',
      { kind },
    )
  return { ...base, name: '', generateName }
}

function checkNamespace(namespace: unknown, line: number | undefined): void {
  if (namespace === undefined || namespace === null || namespace === '') return
  if (typeof namespace !== 'string' || !isNamespaceName(namespace))
    throw refusal('namespace', line, 'the namespace must be a valid name, as a text.')
}

/** The API server refuses them too, but does not name the line. */
function checkTexts(value: unknown, field: string, path: Path, lineOf: LineOf): void {
  if (value === undefined || value === null) return
  if (!isRecord(value)) throw refusal('labels', lineOf(path), `${field} must be names with a text each.`)
  for (const [key, each] of Object.entries(value))
    if (typeof each === 'number' || typeof each === 'boolean')
      throw refusal(
        'labels',
        lineOf([...path, key]),
        `${shown(key)} is read as ${each}, but ${field} hold text. Put the value in quotes.`,
        { field, key: shown(key) },
      )
}
