import { describe, expect, it } from 'vitest'
import { redactValue } from '../../../server/results'

describe('redactValue', () => {
  it('redacts the arguments of a tool by their names and by their texts', () => {
    expect(
      redactValue({
        name: 'web',
        token: 'abc',
        nested: [{ apiKey: 'x' }],
        url: 'postgres://u:p@h/d',
        password: 1234,
        replicas: 3,
        dryRun: true,
      }),
    ).toEqual({
      name: 'web',
      token: '<redacted>',
      nested: [{ apiKey: '<redacted>' }],
      url: 'postgres://u:<redacted>@h/d',
      password: '<redacted>',
      replicas: 3,
      dryRun: true,
    })
  })

  it('redacts Secrets by structure, also in lists, and keeps keys, sizes and other kinds', () => {
    const value = {
      kind: 'List',
      items: [
        { kind: 'Secret', metadata: { name: 'a' }, data: { k: 'aGVsbG8=' }, stringData: { s: 'héllo', none: '' } },
        { kind: 'ConfigMap', data: { k: 'aGVsbG8=' } },
      ],
    }
    expect(redactValue(value)).toEqual({
      kind: 'List',
      items: [
        {
          kind: 'Secret',
          metadata: { name: 'a' },
          data: { k: '<redacted, 5 bytes>' },
          stringData: { s: '<redacted, 6 bytes>', none: '' },
        },
        { kind: 'ConfigMap', data: { k: 'aGVsbG8=' } },
      ],
    })
    expect(redactValue({ kind: 'SecretList', items: [{ data: { k: 'aGVsbG8=' } }] })).toEqual({
      kind: 'SecretList',
      items: [{ data: { k: '<redacted, 5 bytes>' } }],
    })
  })

  it('redacts a manifest that is an argument as text', () => {
    expect(redactValue({ manifest: 'kind: Secret\nstringData:\n  a: hello' })).toEqual({
      manifest: 'kind: Secret\nstringData:\n  a: <redacted, 5 bytes>',
    })
  })

  it('redacts last-applied-configuration and literal variables, and leaves references', () => {
    expect(
      redactValue({
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
        env: [
          { name: 'DB_PASSWORD', value: 'x' },
          { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
          { name: 'PORT', value: '80' },
        ],
      }),
    ).toEqual({
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '<redacted>' },
      env: [
        { name: 'DB_PASSWORD', value: '<redacted>' },
        { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
        { name: 'PORT', value: '80' },
      ],
    })
  })

  it('redacts values that only look like placeholders, and leaves placeholders', () => {
    const value = {
      env: [
        { name: 'MYSQL_ROOT_PASSWORD', value: 'my-secret-pw' },
        { name: 'APP_PASSWORDS', value: '["hunter2","letmein9"]' },
        { name: 'SMTP_PASSWORD', value: 'your-password-here' },
      ],
      apiKeys: ['9f8e7d6c5b4a', '[FILTERED]'],
      secret_id: 'ed0a642f-2acf-c2da-232f-1b21300d5f29',
    }
    expect(redactValue(value)).toEqual({
      env: [
        { name: 'MYSQL_ROOT_PASSWORD', value: '<redacted>' },
        { name: 'APP_PASSWORDS', value: '<redacted>' },
        { name: 'SMTP_PASSWORD', value: 'your-password-here' },
      ],
      apiKeys: ['<redacted>', '[FILTERED]'],
      secret_id: '<redacted>',
    })
  })

  it('leaves its argument as it was', () => {
    const value = { token: 'abc' }
    redactValue(value)
    expect(value).toEqual({ token: 'abc' })
  })

  it.each([[null], [undefined], [3], [true], ['text']])('returns %s as it is', (value) => {
    expect(redactValue(value)).toBe(value)
  })

  it('drops parts that are nested too deeply', () => {
    let value: unknown = 'leaf'
    for (let depth = 0; depth < 100_000; depth++) value = [value]
    expect(JSON.stringify(redactValue(value))).toContain('<redacted>')
  })
})
