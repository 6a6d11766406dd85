/** Puts the answer's nonce on the inline scripts of the page, for the Content-Security-Policy. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { withNonce } from '../http/content-security-policy'

export default defineNitroPlugin((nitro) => {
  nitro.hooks.hook('render:html', (html, { event }) => {
    const nonce = String(event.context.cspNonce)
    for (const part of ['head', 'bodyPrepend', 'body', 'bodyAppend'] as const)
      html[part] = html[part].map((piece) => withNonce(piece, nonce))
  })
})
