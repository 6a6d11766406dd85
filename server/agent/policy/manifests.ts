/** Manifests in the arguments of a write: read as the API server would read them, or refused. */
import { isMap, isScalar, parseAllDocuments, visit } from 'yaml'
import type { YAMLMap } from 'yaml'
import { canonicalKind } from './kinds'
import { isObject, measure, MAX_DEPTH } from './plain'

/** In characters. */
export const MAX_MANIFEST = 128 * 1024

export interface ManifestObject {
  /** In its canonical form: see `canonicalKind`. */
  kind: string
  name?: string
  namespace?: string
}

/** Line breaks of YAML 1.1 that our parser takes for plain characters: behind one, a comment would end for Go alone. */
const ODD_BREAK = /\r(?!\n)|[\u0085\p{Zl}\p{Zp}\ufeff]|(?![\t\n\r])\p{Cc}/u

/** Go splits documents here, YAML does not. */
const ODD_SEPARATOR = /^---[^\s]/m

/**
 * The objects that a manifest would make, those in lists as well.
 * @param manifest YAML of any number of documents, JSON, or an object
 * @returns the objects, or in words why they cannot be told for certain
 */
export function readManifest(manifest: unknown): ManifestObject[] | { problem: string } {
  if (typeof manifest === 'string' && manifest.length > MAX_MANIFEST)
    return { problem: `The manifest is longer than ${MAX_MANIFEST / 1024} KiB: apply its objects one by one.` }
  try {
    const documents = typeof manifest === 'string' ? parse(manifest) : [manifest]
    const objects = documents.filter((each) => each !== null && each !== undefined).flatMap((each) => objectsIn(each))
    if (objects.length === 0) throw new Error('it holds no object')
    return objects
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return { problem: `The manifest cannot be read for certain (${why.slice(0, 200)}): write plain YAML.` }
  }
}

function parse(text: string): unknown[] {
  if (ODD_BREAK.test(text)) throw new Error('it holds control characters')
  if (ODD_SEPARATOR.test(text)) throw new Error('a line begins with "---" and goes on')
  // 1.1, as Go's parser has it: with merge keys, and `yes` for true.
  return parseAllDocuments(text, { version: '1.1', merge: true, uniqueKeys: false }).map((document) => {
    const [error] = document.errors
    if (error) throw error
    visit(document, {
      Node: (_, node) => {
        if (node.tag !== undefined) throw new Error(`it holds the tag ${node.tag}`)
        if (isMap(node)) checkKeys(node)
      },
    })
    const value: unknown = document.toJS({ maxAliasCount: 50 })
    if (measure(value).depth > MAX_DEPTH) throw new Error('it is nested too deeply')
    return value
  })
}

/** The parser's own check takes the square of a map's length. */
function checkKeys(map: YAMLMap): void {
  const seen = new Set<string>()
  for (const { key } of map.items) {
    const name = isScalar(key) ? String(key.value) : undefined
    if (name === undefined || seen.has(name)) throw new Error(`it holds an odd key, or one twice: ${name ?? ''}`)
    seen.add(name)
  }
}

/** @param listKind the kind of the list it is in, where it has none of its own */
function objectsIn(value: unknown, listKind?: string): ManifestObject[] {
  if (!isObject(value)) throw new Error('a document is not an object')
  const keys = Object.keys(value)
  // Go's decoders match the names of fields in any case.
  for (const name of ['kind', 'items', 'metadata'])
    if (keys.some((key) => key !== name && key.toLowerCase() === name)) throw new Error(`"${name}" is written oddly`)
  const { kind = listKind, items, metadata } = value
  if (typeof kind !== 'string' || kind === '') throw new Error('an object has no kind')
  // The API's clients take whatever has `items` for a list.
  if (Array.isArray(items)) {
    const own: ManifestObject[] = kind.toLowerCase() === 'list' ? [] : [{ kind: canonicalKind(kind) }]
    return [...own, ...items.flatMap((item) => objectsIn(item, kind.replace(/List$/i, '') || undefined))]
  }
  const { name, namespace } = isObject(metadata) ? metadata : {}
  const object: ManifestObject = {
    kind: canonicalKind(kind),
    ...(typeof name === 'string' && { name }),
    ...(typeof namespace === 'string' && { namespace }),
  }
  return [object, ...embeddedSecrets(value)]
}

/** A Secret as a part of another object, such as a template that a controller makes objects of. A reference has no data. */
function embeddedSecrets(value: unknown, depth = 0): ManifestObject[] {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return []
  const below = Object.values(value).flatMap((each) => embeddedSecrets(each, depth + 1))
  if (depth === 0 || !isObject(value) || typeof value.kind !== 'string') return below
  const holdsData = 'data' in value || 'stringData' in value
  return canonicalKind(value.kind) === 'secret' && holdsData ? [{ kind: 'secret' }, ...below] : below
}
