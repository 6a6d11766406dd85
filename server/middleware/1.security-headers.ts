/** Security headers on every answer. */
import { randomBytes } from 'node:crypto'
import { defineEventHandler, setResponseHeaders } from 'h3'
import { contentSecurityPolicy } from '../http/content-security-policy'
import { useAssistant } from '../running'

export default defineEventHandler(async (event) => {
  const { frameAncestors } = (await useAssistant()).web
  const nonce = randomBytes(16).toString('base64')
  event.context.cspNonce = nonce
  setResponseHeaders(event, {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    // Vite's development client is inline and talks over a socket of its own.
    ...(!import.meta.dev && { 'content-security-policy': contentSecurityPolicy(nonce, frameAncestors) }),
    // These know no list of origins: they are for a page that nobody may frame.
    ...(frameAncestors.length === 0 && {
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    }),
  })
})
