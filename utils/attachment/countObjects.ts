/** Counts the objects of a manifest. Only the server validates them. */
import { isMap, isSeq, parseAllDocuments, type Document } from 'yaml'

/** @returns 0 if the text holds no Kubernetes object; a document that is not valid counts as one */
export function countObjects(text: string): number {
  const documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false })
  return Array.isArray(documents) ? documents.reduce((sum, document) => sum + objectsIn(document), 0) : 0
}

function objectsIn(document: Document): number {
  if (document.errors.length > 0) return 1
  if (!isMap(document.contents)) return 0
  const items = document.get('items')
  if (isSeq(items)) return items.items.length
  return document.has('apiVersion') && document.has('kind') ? 1 : 0
}
