/** Makes the names of known objects in rendered Markdown buttons that open them. */
import { markSafe, type SafeHtml } from '../markdown/safeHtml'
import { objectNamed, type ObjectIndex } from './objectIndex'
import { objectKey, type ObjectRef } from './objectRef'

const TAG = /(<[^>]*>)/
const NAME = /(?<![\w&;#.:@-])[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?(?![\w@-])/g
/** `Deployment cart`, `deployment/cart`. */
const KIND_BEFORE = /(?:^|[\s(])([A-Za-z]+)[\s/]$/
/** Looks like no word of a language. */
const UNMISTAKABLE = /[-.\d]/
/** An element that holds a name alone means the object. */
const MARKED = /^<(?:code|strong|em)\b/

/** The attribute that carries the object's key. */
export const OBJECT_ATTRIBUTE = 'data-object'

export function linkNames(html: SafeHtml, index: ObjectIndex): SafeHtml {
  if (index.byName.size === 0) return html
  const pieces = html.split(TAG)
  let links = 0
  const linked = pieces.map((piece, at) => {
    if (piece.startsWith('<')) {
      if (/^<a\b/.test(piece)) links++
      else if (piece === '</a>') links--
      return piece
    }
    if (links > 0) return piece
    const isMarked = MARKED.test(pieces[at - 1] ?? '')
    // The kind may stand before the mark: Deployment `cart`.
    const before = isMarked ? (pieces[at - 2] ?? '') : ''
    return linkText(piece, before, isMarked, index)
  })
  return markSafe(linked.join(''))
}

/** @param text escaped, without tags */
function linkText(text: string, before: string, isMarked: boolean, index: ObjectIndex): string {
  return text.replace(NAME, (name, at: number) => {
    const lead = at === 0 ? before : text.slice(0, at)
    const kind = KIND_BEFORE.exec(lead)?.[1]
    const ref =
      (kind === undefined ? undefined : objectNamed(index, name, kind)) ??
      (UNMISTAKABLE.test(name) || (isMarked && text === name) ? objectNamed(index, name) : undefined)
    return ref ? button(name, ref) : name
  })
}

function button(name: string, ref: ObjectRef): string {
  const key = objectKey(ref)
  // Names of the API need no escaping; a key with other characters is none.
  return /^[\w.:@|-]+$/.test(key) ? `<button type="button" ${OBJECT_ATTRIBUTE}="${key}">${name}</button>` : name
}
