import { describe, expect, it } from 'vitest'
import { preferredAnswer } from '../../../server/http/chat-request'
import { contentSecurityPolicy, withNonce } from '../../../server/http/content-security-policy'

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

describe('the content security policy', () => {
  it('allows no script without the nonce, no eval, no foreign image and no frame', () => {
    const policy = contentSecurityPolicy('abc', [])
    expect(policy).toContain("script-src 'self' 'nonce-abc';")
    expect(policy).not.toContain('unsafe-eval')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("img-src 'self' data:")
    expect(policy).toContain("frame-ancestors 'none'")
  })

  it('names who may put the page in a frame', () => {
    const policy = contentSecurityPolicy('abc', ["'self'", 'https://rancher.example.com'])
    expect(policy).toContain("frame-ancestors 'self' https://rancher.example.com")
  })

  it('puts the nonce on every script once', () => {
    const html = '<script>a</script><script type="module" src="x"></script><script nonce="n">b</script>'
    expect(withNonce(html, 'n').match(/nonce="n"/g)).toHaveLength(3)
  })
})
