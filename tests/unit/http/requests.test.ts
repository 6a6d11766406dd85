import { describe, expect, it } from 'vitest'
import { preferredAnswer } from '../../../server/http/chat-request'
import { contentSecurityPolicy, withNonce } from '../../../server/http/content-security-policy'
import { isAllowedHost, isCrossSite } from '../../../server/http/same-site'

describe('the answer a client prefers', () => {
  it.each([
    ['text/event-stream', true, 'sse'],
    ['application/json', false, 'json'],
    ['application/json, text/event-stream', false, 'sse'],
    ['application/json, text/event-stream', true, 'json'],
    ['*/*', true, 'json'],
    ['*/*', false, 'sse'],
    [undefined, true, 'json'],
    [undefined, false, 'sse'],
  ] as const)('Accept %s, bare array %s: %s', (accept, bare, answer) => {
    expect(preferredAnswer(accept, bare)).toBe(answer)
  })
})

describe('requests of others', () => {
  const loopback = ['127.0.0.1', 'localhost', '[::1]']
  it.each([
    ['127.0.0.1:8005', true],
    ['localhost', true],
    ['LOCALHOST:8005', true],
    ['[::1]:8005', true],
    ['evil.example.com:8005', false],
    ['127.0.0.1.evil.example.com', false],
    [undefined, false],
  ])('Host %s on loopback: %s', (host, allowed) => {
    expect(isAllowedHost(host, loopback)).toBe(allowed)
    expect(isAllowedHost(host, undefined)).toBe(true)
  })

  it.each([
    ['POST', 'cross-site', true],
    ['POST', 'same-site', true],
    ['POST', 'same-origin', false],
    ['POST', undefined, false],
    ['GET', 'cross-site', false],
  ])('%s from %s is of another site: %s', (method, site, refused) => {
    expect(isCrossSite(method, site)).toBe(refused)
  })
})

describe('the content security policy', () => {
  it('allows no script without the nonce, no eval, no foreign image and no frame', () => {
    const policy = contentSecurityPolicy('abc')
    expect(policy).toContain("script-src 'self' 'nonce-abc';")
    expect(policy).not.toContain('unsafe-eval')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("img-src 'self' data:")
    expect(policy).toContain("frame-ancestors 'none'")
  })

  it('puts the nonce on every script once', () => {
    const html = '<script>a</script><script type="module" src="x"></script><script nonce="n">b</script>'
    expect(withNonce(html, 'n').match(/nonce="n"/g)).toHaveLength(3)
  })
})
