/**
 * The single manifest reader. Rules, card, signature and request all use its result: the JSON that kubectl would make
 * of the text, or a refusal naming the line.
 */
import { msg } from '../../shared/messages/create'
import type { Message } from '../../shared/messages/message'
import type { ResultNote } from '../../shared/result'
import { KubeError } from '../kubernetes/errors/errors'
import type { ReadDocument, Surprise } from './manifest/document'
import { checkLength, splitDocuments, type DocumentText } from './manifest/documents'
import { readJson, readValue } from './manifest/json'
import { identityOf, objectsOf, type FoundObject } from './manifest/objects'
import { refusal, shown } from './manifest/refusal'
import { secretIn } from './manifest/secrets'
import { readYaml } from './manifest/yaml'

export interface ManifestObject {
  /** Plain JSON. */
  object: Record<string, unknown>
  apiVersion: string
  kind: string
  /** Empty if the cluster generates it from `generateName`. */
  name: string
  generateName?: string
  namespace?: string
  /** Values that YAML reads differently than they look. */
  notes: ResultNote[]
}

export interface ManifestOptions {
  /** Accepts `metadata.generateName` instead of a name, for creations. */
  mayGenerateName?: boolean
}

/**
 * Reads the objects of a manifest in order, flattening lists.
 * @param manifest YAML documents, JSON, an object, or a list of objects
 * @throws KubeError `invalid-arguments` with the line
 */
export function readManifest(manifest: unknown, { mayGenerateName = false }: ManifestOptions = {}): ManifestObject[] {
  const objects = objectsIn(manifest, mayGenerateName)
  if (objects.length === 0) throw refusal('empty', undefined, msg('manifest-empty'))
  return objects
}

function objectsIn(manifest: unknown, mayGenerateName: boolean): ManifestObject[] {
  return documentsOf(manifest).flatMap((document) =>
    objectsOf(document).map((found) => manifestObject(found, document, mayGenerateName)),
  )
}

/** One object of a manifest, or a document that is refused. */
export type ManifestPart =
  | {
      /** The argument of `kubectl_apply`: its document with the lines that it has in the manifest, or an item of a list. */
      manifest: string | Record<string, unknown>
      object: ManifestObject
    }
  /** Kind and name, as far as they could be read. */
  | { problem: Message; kind?: string; name?: string }

/**
 * Reads each document on its own, so that one that is refused does not hide the others.
 * @throws KubeError `invalid-arguments` if the text is empty or cannot be split
 */
export function splitManifest(manifest: string): ManifestPart[] {
  const isJson = /^\s*\{/.test(manifest) && readJson(manifest) !== undefined
  const documents = isJson ? [{ text: manifest, line: 1 }] : splitDocuments(manifest.replace(/^\ufeff/, ''))
  const parts = documents.flatMap(partsOf)
  if (parts.length === 0) throw refusal('empty', undefined, msg('manifest-empty'))
  return parts
}

function partsOf({ text, line }: DocumentText): ManifestPart[] {
  const manifest = '\n'.repeat(line - 1) + text
  try {
    const objects = objectsIn(manifest, false)
    return objects.map((object) => ({ manifest: objects.length === 1 ? manifest : object.object, object }))
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    const { kind, name } = error.params
    const named = { ...(typeof kind === 'string' && { kind }), ...(typeof name === 'string' && { name }) }
    return [{ problem: error.detail, ...named }]
  }
}

function documentsOf(manifest: unknown): ReadDocument[] {
  if (manifest === null || manifest === undefined) return []
  if (typeof manifest !== 'string') return [readValue(manifest)]
  checkLength(manifest)
  const marked = manifest.startsWith('\ufeff')
  // Like kubectl: JSON if the text begins with a brace, YAML if that fails.
  const json = !marked && /^\s*\{/.test(manifest) ? readJson(manifest) : undefined
  if (json) return [json]
  return splitDocuments(marked ? manifest.slice(1) : manifest).flatMap((document) => readYaml(document) ?? [])
}

function manifestObject(found: FoundObject, document: ReadDocument, mayGenerateName: boolean): ManifestObject {
  const { object, path } = found
  const identity = identityOf(found, document.lineOf, mayGenerateName)
  const secret = secretIn(object)
  if (secret) {
    const { kind, name } = identity
    throw refusal('secret', document.lineOf([...path, ...secret]), msg('manifest-secret'), { kind, name })
  }
  const own = document.surprises.filter(({ path: place }) => path.every((part, index) => place[index] === part))
  return { object, ...identity, notes: notesOf(own) }
}

/** One for each field name and spelling, with the lines. */
function notesOf(surprises: Surprise[]): ResultNote[] {
  const groups = Map.groupBy(surprises, ({ path, written, isKey }) => JSON.stringify([nameOf(path), written, isKey]))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const lines = [...new Set(group.map(({ line }) => line))].join(', ')
    const written = shown(first.written)
    const field = nameOf(first.path)
    const params = { written, read: String(first.read), lines }
    if (first.isKey) return [msg('manifest-key-read-as', params)]
    return [field === '' ? msg('manifest-read-as', params) : msg('manifest-field-read-as', { field, ...params })]
  })
}

/** The field that a value belongs to, also inside a list. */
function nameOf(path: Surprise['path']): string {
  const name = path.findLast((part) => typeof part === 'string')
  return typeof name === 'string' ? shown(name) : ''
}
