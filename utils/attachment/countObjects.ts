/** Counts the objects of a manifest. Only the server validates them. */
import { isMap, isSeq, parseAllDocuments, type Document } from 'yaml'
import { isJson } from './manifestLook'

/** @returns 0 if the text holds no Kubernetes object; a YAML document that is not valid counts as one */
export function countObjects(text: string): number {
  const documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false })
  // JSON that is not valid is rather a log with an object in each line.
  const broken = isJson(text) ? 0 : 1
  const counts = Array.isArray(documents)
    ? documents.map((each) => (each.errors.length > 0 ? broken : objectsIn(each)))
    : []
  return counts.reduce((sum, count) => sum + count, 0)
}

function objectsIn(document: Document): number {
  if (!isMap(document.contents)) return 0
  const items = document.get('items')
  if (isSeq(items)) return items.items.length
  return document.has('apiVersion') && document.has('kind') ? 1 : 0
}
