/**
 * The one reading of a manifest. What it returns is what rules look at, what a card shows, what is signed, and what is sent:
 * the JSON that kubectl would make of the text, or a refusal that names the line.
 */
import type { ResultNote } from '../../shared/result'
import type { ReadDocument, Surprise } from './manifest/document'
import { checkLength, splitDocuments } from './manifest/documents'
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
  /** Empty if the cluster makes it from `generateName`. */
  name: string
  generateName?: string
  namespace?: string
  /** What is read as another value than it looks like. */
  notes: ResultNote[]
}

export interface ManifestOptions {
  /** Accepts `metadata.generateName` in place of a name: for objects that are created. */
  mayGenerateName?: boolean
}

/**
 * Reads the objects of a manifest, those in lists one by one, in their order.
 * @param manifest YAML of any number of documents, JSON, an object, or a list of objects
 * @throws KubeError `invalid-arguments` with the line
 */
export function readManifest(manifest: unknown, { mayGenerateName = false }: ManifestOptions = {}): ManifestObject[] {
  const objects = documentsOf(manifest).flatMap((document) =>
    objectsOf(document).map((found) => manifestObject(found, document, mayGenerateName)),
  )
  if (objects.length === 0) throw refusal('empty', undefined, 'it holds no object.')
  return objects
}

function documentsOf(manifest: unknown): ReadDocument[] {
  if (manifest === null || manifest === undefined) return []
  if (typeof manifest !== 'string') return [readValue(manifest)]
  checkLength(manifest)
  const marked = manifest.startsWith('\ufeff')
  // kubectl reads a text as JSON if it begins with a brace, and as YAML if that fails.
  const json = !marked && /^\s*\{/.test(manifest) ? readJson(manifest) : undefined
  if (json) return [json]
  return splitDocuments(marked ? manifest.slice(1) : manifest).flatMap((document) => readYaml(document) ?? [])
}

function manifestObject(found: FoundObject, document: ReadDocument, mayGenerateName: boolean): ManifestObject {
  const { object, path } = found
  const identity = identityOf(found, document.lineOf, mayGenerateName)
  const secret = secretIn(object)
  if (secret)
    throw refusal(
      'secret',
      document.lineOf([...path, ...secret]),
      'the assistant does not write Secrets. Use kubectl yourself, or a SealedSecret or an ExternalSecret.',
    )
  const own = document.surprises.filter(({ path: place }) => path.every((part, index) => place[index] === part))
  return { object, ...identity, notes: notesOf(own) }
}

/** One for each field name and spelling, with the lines on which they are. */
function notesOf(surprises: Surprise[]): ResultNote[] {
  const groups = Map.groupBy(surprises, ({ path, written, isKey }) => JSON.stringify([nameOf(path), written, isKey]))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const lines = [...new Set(group.map(({ line }) => line))].join(', ')
    const written = shown(first.written)
    const field = first.isKey ? '' : nameOf(first.path)
    const subject = first.isKey ? `The field name ${written}` : field === '' ? written : `${field}: ${written}`
    return [
      {
        code: first.isKey ? 'manifest-key-read-as' : 'manifest-read-as',
        params: { field, written, read: String(first.read), lines },
        text: `${subject} is read as ${String(first.read)} (line ${lines}).`,
      },
    ]
  })
}

/** The field that a value belongs to, also as an item of its list. */
function nameOf(path: Surprise['path']): string {
  const name = path.findLast((part) => typeof part === 'string')
  return typeof name === 'string' ? shown(name) : ''
}
