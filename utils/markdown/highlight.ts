/** Highlighting of the few languages an answer about a cluster has. Loaded only when the first block needs it. */
import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import json from 'highlight.js/lib/languages/json'
import yaml from 'highlight.js/lib/languages/yaml'
import { markSafe, type SafeHtml } from './safeHtml'

hljs.registerLanguage('bash', bash)
hljs.registerLanguage('json', json)
hljs.registerLanguage('yaml', yaml)
hljs.registerAliases(['sh', 'shell', 'console', 'zsh'], { languageName: 'bash' })

/** Longer texts stay plain: highlighting them would hold up the page. */
const longest = 200_000

/** @returns the highlighted HTML, or undefined for a language that is not known here or a text that is too long. */
export function highlight(text: string, language: string): SafeHtml | undefined {
  if (text.length > longest || !hljs.getLanguage(language)) return undefined
  return markSafe(hljs.highlight(text, { language, ignoreIllegals: true }).value)
}
