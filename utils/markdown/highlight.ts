/** Highlights the few languages of cluster answers. Loaded for the first block. */
import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import json from 'highlight.js/lib/languages/json'
import yaml from 'highlight.js/lib/languages/yaml'
import { markSafe, type SafeHtml } from './safeHtml'

hljs.registerLanguage('bash', bash)
hljs.registerLanguage('json', json)
hljs.registerLanguage('yaml', yaml)
hljs.registerAliases(['sh', 'shell', 'console', 'zsh'], { languageName: 'bash' })

/** Longer texts stay plain: highlighting would block the page. */
const longest = 200_000

/** @returns highlighted HTML; undefined for an unknown language or a text that is too long */
export function highlight(text: string, language: string): SafeHtml | undefined {
  if (text.length > longest || !hljs.getLanguage(language)) return undefined
  return markSafe(hljs.highlight(text, { language, ignoreIllegals: true }).value)
}
