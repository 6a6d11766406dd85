/** The documents of a manifest, read as kubectl reads them, and written back with the resourceVersion of what was shown. */
import { isDeepStrictEqual } from 'node:util'
import { isMap, parseAllDocuments } from 'yaml'
import type { Document, DocumentOptions, ParseOptions, SchemaOptions } from 'yaml'
import type { PreviewNote } from '#shared/preview-note'
import { isRecord, withValue } from './fields'
import { note } from './note'
import type { KubernetesObject } from './types'

export interface Manifest {
  /** The objects, those in a List one by one. */
  objects: KubernetesObject[]
  /** Why there are none. */
  error?: PreviewNote
}

/** Dates and `22:22` stay text, as in the YAML library of both servers. */
const LEFT_OUT = /:(?:timestamp|binary|omap|pairs|set)$/

/** kubectl and kubernetes-mcp-server read YAML 1.1, in which `yes` and `0644` are no strings. */
const YAML_1_1: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  merge: true,
  customTags: (tags) =>
    tags.filter(
      (tag) => typeof tag === 'string' || !(LEFT_OUT.test(tag.tag) || ('format' in tag && tag.format === 'TIME')),
    ),
}

const LONGEST = 400_000

export function manifestObjects(text: string): Manifest {
  try {
    return {
      objects: values(documents(text))
        .flatMap(itemsOf)
        .map(({ object }) => object),
    }
  } catch (error) {
    return { objects: [], error: error instanceof ManifestError ? error.note : note('manifest-no-yaml') }
  }
}

class ManifestError extends Error {
  override name = 'ManifestError'

  constructor(readonly note: PreviewNote) {
    super(note.text)
  }
}

/** @throws ManifestError without the text itself, which may hold a secret */
function documents(text: string): Document[] {
  if (text.length > LONGEST) throw new ManifestError(note('manifest-large', { size: Math.round(text.length / 1024) }))
  const parsed = parseAllDocuments(text, YAML_1_1)
  const docs = Array.isArray(parsed) ? parsed : []
  const broken = docs.flatMap(({ errors }) => errors)[0]
  if (broken) throw new ManifestError(note('manifest-bad-line', { line: broken.linePos?.[0].line ?? 1 }))
  return docs
}

/** The documents' values; one that is empty, or a comment, is null. */
function values(docs: Document[]): unknown[] {
  return docs.map((doc): unknown => doc.toJS())
}

interface Item {
  /** With the kind that its list gives it. */
  object: KubernetesObject
  /** As it is written. */
  written: KubernetesObject
  path: (string | number)[]
}

/** kubectl takes whatever has `items` for a list, and `DeploymentList` for one of Deployments. */
function itemsOf(value: unknown): Item[] {
  if (value === null || value === undefined) return []
  if (!isRecord(value)) throw new ManifestError(note('manifest-no-object'))
  if (!Array.isArray(value.items)) return [{ object: value, written: value, path: [] }]
  const preset = { apiVersion: value.apiVersion, kind: String(value.kind).replace(/List$/, '') }
  return value.items.map((item: unknown, index) => {
    if (!isRecord(item)) throw new ManifestError(note('manifest-no-item'))
    return { object: { ...preset, ...item }, written: item, path: ['items', index] }
  })
}

/**
 * Writes metadata into the objects of a manifest, in their order; undefined takes a field out.
 * @returns the manifest as text, or undefined where it could not be written without changing anything else
 */
export function withMetadata(
  text: string,
  metadata: readonly Record<string, string | undefined>[],
): string | undefined {
  if (
    metadata.every((fields) => Object.values(fields).every((field) => field === undefined)) &&
    !/resourceVersion/.test(text)
  )
    return text
  const docs = documents(text)
  let index = 0
  const expected: unknown[] = []
  for (const doc of docs) {
    const value: unknown = doc.toJS()
    let wanted = value
    for (const { written, path } of itemsOf(value)) {
      const fields = Object.entries(metadata[index++] ?? {})
      for (const [key, field] of fields) write(doc, [...path, 'metadata', key], field)
      const next = fields.reduce((made, [key, field]) => withValue(made, ['metadata', key], field), written)
      wanted = path.length === 0 ? next : replaceItem(wanted, Number(path[1]), next)
    }
    expected.push(wanted)
  }
  const written =
    docs
      .map((doc) =>
        doc
          .toString({ lineWidth: 0 })
          .replace(/^---\n/, '')
          .trimEnd(),
      )
      .join('\n---\n') + '\n'
  // Anchors and comments go through a parser here: what comes out has to be what was shown.
  const same = isDeepStrictEqual(values(documents(written)), expected)
  return same ? written : undefined
}

function write(doc: Document, path: (string | number)[], value: string | undefined): void {
  if (value !== undefined) doc.setIn(path, value)
  else if (isMap(doc.getIn(path.slice(0, -1), true))) doc.deleteIn(path)
}

function replaceItem(list: unknown, index: number, item: unknown): unknown {
  if (!isRecord(list) || !Array.isArray(list.items)) return list
  return { ...list, items: list.items.with(index, item) }
}
