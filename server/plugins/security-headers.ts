/** Adds security headers to every response, and the nonce to the page's inline scripts. */
import { randomBytes } from 'node:crypto'
import { setResponseHeaders } from 'h3'
import { defineNitroPlugin } from 'nitropack/runtime'
import { withNonce } from '../http/content-security-policy'
import { securityHeaders } from '../http/security-headers'
import { useAssistant } from '../core/running'

export default defineNitroPlugin((nitro) => {
  nitro.hooks.hook('request', async (event) => {
    const nonce = randomBytes(16).toString('base64')
    event.context.cspNonce = nonce
    setResponseHeaders(event, securityHeaders(nonce, (await useAssistant()).web.frameAncestors))
  })
  nitro.hooks.hook('render:html', (html, { event }) => {
    const nonce = String(event.context.cspNonce)
    for (const part of ['head', 'bodyPrepend', 'body', 'bodyAppend'] as const)
      html[part] = html[part].map((piece) => withNonce(piece, nonce))
  })
})
