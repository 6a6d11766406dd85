/** Adds security headers to every response; to the page, the slash of its path and the nonce of its inline scripts. */
import { randomBytes } from 'node:crypto'
import { setResponseHeaders } from 'h3'
import { defineNitroPlugin } from 'nitropack/runtime'
import { withNonce } from '../http/content-security-policy'
import { securityHeaders } from '../http/security-headers'
import { useAssistant } from '../core/running'

/**
 * Behind a proxy that strips a prefix, the page's relative URLs need the slash after it. Only the browser knows that
 * path.
 */
const ADD_SLASH =
  "<script>if(!location.pathname.endsWith('/'))location.replace(location.pathname+'/'+location.search+location.hash)</script>"

function isRoot(path: string): boolean {
  return path.split('?', 1)[0] === '/'
}

export default defineNitroPlugin((nitro) => {
  nitro.hooks.hook('request', async (event) => {
    const nonce = randomBytes(16).toString('base64')
    event.context.cspNonce = nonce
    setResponseHeaders(event, securityHeaders(nonce, (await useAssistant()).web.frameAncestors))
  })
  nitro.hooks.hook('render:html', (html, { event }) => {
    if (isRoot(event.path)) html.head.unshift(ADD_SLASH)
    const nonce = String(event.context.cspNonce)
    for (const part of ['head', 'bodyPrepend', 'body', 'bodyAppend'] as const)
      html[part] = html[part].map((piece) => withNonce(piece, nonce))
  })
})
