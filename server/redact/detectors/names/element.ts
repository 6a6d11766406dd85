import type { Detector } from '../../detector'
import { isTaken } from '../../values/taken'
import { atNames } from './named'

/** Longer attributes and contents are not credentials. */
const FARTHEST = 4096
const attributes = /(?:\s[^<>\n]{0,300}|(?<=["'])\s{0,8})?>\s{0,64}(?:<!\[CDATA\[)?/y
const escaped = /(?:\s(?:(?!&[lg]t;)[^<>\n]){0,300})?&gt;\s{0,64}(?:&lt;!\[CDATA\[)?/y

/** `<password>x</password>`, with attributes, CDATA or a prefix, or escaped; `<entry key="password">x</entry>`. */
export const element: Detector = {
  name: 'element',
  trigger: { kind: 'key', places: ['bare'] },
  redact: atNames((text, key, out) => {
    const end = /["']/.test(text[key.end] ?? '') ? key.end + 1 : key.end
    const code = text.charCodeAt(end)
    const pattern = code === 38 ? escaped : code === 62 || code === 32 ? attributes : undefined
    if (!pattern || !mayBeTag(text.charCodeAt(key.start - 1)) || !isInTag(text, key.start)) return key.end
    pattern.lastIndex = end
    const opened = pattern.exec(text)
    if (!opened || opened[0].includes('/>')) return key.end
    const start = pattern.lastIndex
    const near = text.slice(start, start + FARTHEST)
    const closing = near.search(/(?:\]\]>)?\s{0,64}<|(?:\]\]&gt;)?\s{0,64}&lt;/)
    if (closing <= 0) return key.end
    if (isTaken(key.name, key.promise, near.slice(0, closing).trim(), 'strong')) {
      out.add(start, start + closing)
      return start + closing
    }
    return key.end
  }),
  samples: {
    gone: [
      ['<password>hunter2</password>', 'hunter2'],
      ['<password type="string">t7AHeOidOghyrD</password>', 't7AHeOidOghyrD'],
      ['<password><![CDATA[6wD6IbxdJoKPh5]]></password>', '6wD6IbxdJoKPh5'],
      ['<ns:adminPassword>\n  hunter2\n</ns:adminPassword>', 'hunter2'],
      ['&lt;password&gt;hunter2&lt;/password&gt;', 'hunter2'],
      ['<entry key="db.password">hunter2</entry>', 'hunter2'],
    ],
    kept: [
      '<password/>',
      '<password></password>',
      '<password>${db.password}</password>',
      '<secretName>shop-tls</secretName>',
      'token > 5 and password < 3',
      'a password <b> c',
    ],
  },
}

/** `<`, the end of `&lt;`, the colon of a prefix, or the quote of an attribute. */
function mayBeTag(code: number): boolean {
  return code === 60 || code === 59 || code === 58 || code === 34 || code === 39
}

/** Whether a tag opens before the name without closing. */
function isInTag(text: string, start: number): boolean {
  for (let at = start - 1; at >= 0 && start - at < 160; at--) {
    const code = text.charCodeAt(at)
    if (code === 60) return text.charCodeAt(at + 1) !== 47
    if (code === 59) return text.startsWith('&lt;', at - 3)
    if (code === 62 || code === 10) return false
  }
  return false
}
