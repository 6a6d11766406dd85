import { inspect } from 'node:util'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../server/auth/secret'

describe('a secret', () => {
  it('is revealed by its method alone', () => {
    const secret = new Secret('hunter2-hunter2')
    const lines: string[] = []
    const log = pino({}, { write: (line: string) => void lines.push(line) })
    const error = Object.assign(new Error('failed'), { secret })
    log.error({ secret, err: error, nested: { secret } }, `the secret ${secret}`)
    const shown = [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { depth: 9, showHidden: true }),
      ...lines,
    ]
    expect(shown.join('\n')).not.toContain('hunter2')
    expect(structuredClone({ ...secret })).not.toHaveProperty('value')
    expect(secret.reveal()).toBe('hunter2-hunter2')
  })

  it('is found again by its hash', () => {
    expect(new Secret('a').hash).toBe(new Secret('a').hash)
    expect(new Secret('a').hash).not.toBe(new Secret('b').hash)
    expect(new Secret('a').hash).toMatch(/^[\da-f]{64}$/)
  })
})
