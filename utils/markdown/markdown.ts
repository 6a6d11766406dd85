/**
 * Renders a model's untrusted Markdown as harmless HTML: no HTML, no images, only http and https links with their real
 * target shown.
 */
import MarkdownIt, { type Env, type Token } from 'markdown-it'
import { linkTarget } from './linkTarget'
import { markSafe, type SafeHtml } from './safeHtml'

const markdown = new MarkdownIt({ html: false, linkify: true })
// `cart.shop` is a Service in a Namespace, not a site: only URLs with https:// become links.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
markdown.normalizeLink = (url) => linkTarget(url) ?? url
// markdown-it would decode `xn--…` to look-alike letters.
markdown.normalizeLinkText = (url) => linkTarget(url) ?? url
markdown.validateLink = (url) => linkTarget(url) !== undefined

const { escapeHtml } = markdown.utils
const { rules } = markdown.renderer

function attribute(token: Token, name: string): string {
  const value = token.attrGet(name)
  return value === null || value === undefined ? '' : String(value)
}

function linkEnd(tokens: Token[], open: number): number {
  let depth = 0
  for (let index = open; index < tokens.length; index++) {
    if (tokens[index]?.type === 'link_open') depth++
    if (tokens[index]?.type === 'link_close' && --depth === 0) return index
  }
  return tokens.length - 1
}

rules.link_open = (tokens, index) => {
  const token = tokens[index]
  if (!token) return ''
  const href = attribute(token, 'href')
  const end = linkEnd(tokens, index)
  const text = tokens
    .slice(index + 1, end)
    .map((inner) => inner.content)
    .join('')
  const close = tokens[end]
  // A link's text may show another address, also with look-alike letters.
  if (close && text !== href && `${text}/` !== href) close.meta = { target: href }
  return `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer nofollow">`
}

rules.link_close = (tokens, index) => {
  const meta: unknown = tokens[index]?.meta
  const target = meta && typeof meta === 'object' && 'target' in meta ? String(meta.target) : ''
  return target === '' ? '</a>' : `</a> <span class="link-target" dir="ltr">(${escapeHtml(target)})</span>`
}

rules.image = (tokens, index) => {
  const token = tokens[index]
  if (!token) return ''
  const [alt, source] = [token.content, attribute(token, 'src')]
  return escapeHtml(alt === '' ? source : `${alt} (${source})`)
}

// The page has its own h1 and h2; headings of an answer are below them.
function headingTag(token: Token | undefined): string {
  return `h${Math.min(6, Math.max(3, Number(token?.tag.slice(1)) + 1))}`
}
rules.heading_open = (tokens, index) => `<${headingTag(tokens[index])}>`
rules.heading_close = (tokens, index) => `</${headingTag(tokens[index])}>`

// Scrollable content must be reachable by keyboard.
rules.table_open = () => '<div class="table-scroll" tabindex="0"><table>'
rules.table_close = () => '</table></div>'

export type { Env, Token }

/** Parses a text; `env` carries link references between calls. */
export function parseMarkdown(text: string, env: Env): Token[] {
  return markdown.parse(text, env)
}

/** @returns the HTML of tokens from `parseMarkdown` */
export function renderTokens(tokens: Token[], env: Env): SafeHtml {
  return markSafe(markdown.renderer.render(tokens, markdown.options, env))
}
