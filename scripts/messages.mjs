/** `npm run messages`: computes the parameters of each code from its English text, into shared/messages/params.ts. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './paths.mjs'

const english = join(root, 'i18n', 'locales', 'en', 'messages')
const target = join(root, 'shared', 'messages', 'params.ts')

/** @returns {string} the module's text, formatted */
export function messageParams() {
  const lines = readdirSync(english)
    .sort()
    .flatMap((file) => {
      /** @type {Record<string, string>} */
      const texts = JSON.parse(readFileSync(join(english, file), 'utf8'))
      return [`  // ${file}`, ...Object.entries(texts).map(([code, text]) => `  ${quoted(code)}: ${paramsType(text)}`)]
    })
  return [
    '/** Made by `npm run messages` from i18n/locales/en/messages: the parameters of each code. */',
    "import type { MessageValue } from './message'",
    '',
    'export interface MessageParams {',
    ...lines,
    '}',
    '',
  ].join('\n')
}

/** @param {string} text */
function paramsType(text) {
  const names = new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))
  const isPlural = text.includes(' | ')
  if (isPlural) names.add('n')
  if (names.size === 0) return 'Record<never, never>'
  return `{ ${[...names].map((name) => `${name}: ${isPlural && name === 'n' ? 'number' : 'MessageValue'}`).join('; ')} }`
}

/** @param {string} code */
function quoted(code) {
  return /^[a-z]+$/.test(code) ? code : `'${code}'`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, messageParams())
