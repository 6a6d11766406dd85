/** Security headers on every answer. */
import { randomBytes } from 'node:crypto'
import { defineEventHandler, setResponseHeaders } from 'h3'
import { contentSecurityPolicy } from '../http/content-security-policy'

export default defineEventHandler((event) => {
  const nonce = randomBytes(16).toString('base64')
  event.context.cspNonce = nonce
  setResponseHeaders(event, {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    // Vite's development client is inline and talks over a socket of its own.
    ...(!import.meta.dev && { 'content-security-policy': contentSecurityPolicy(nonce) }),
  })
})
