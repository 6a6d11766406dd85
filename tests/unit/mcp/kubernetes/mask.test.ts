import { describe, expect, it } from 'vitest'
import { MASK, maskObject, maskVariable } from '../../../../mcp/kubernetes/mask'

const KUBECONFIG = 'apiVersion: v1\nkind: Config\nusers:\n- name: a\n  user: {token: canary}\n'

describe('maskVariable', () => {
  it.each([
    'DB_PASSWORD',
    'API_TOKEN',
    'CLIENT_SECRET',
    'AWS_SECRET_ACCESS_KEY',
    'api-key',
    'CONNECTION_STRING',
    'PROXY_AUTH',
    'dbPasswd',
  ])('hides the value of %s', (name) => {
    expect(maskVariable(name, 'canary')).toBe(MASK)
  })

  it.each(['LOG_LEVEL', 'EXISTING_SECRET', 'TOKEN_TTL', 'SECRET_NAME', 'AUTHOR', 'KEYBOARD'])(
    'shows the value of %s',
    (name) => {
      expect(maskVariable(name, 'plain')).toBe('plain')
    },
  )

  it('hides a kubeconfig under any name, and leaves an empty value empty', () => {
    expect(maskVariable('SETTINGS', KUBECONFIG)).toBe(MASK)
    expect(maskVariable('DB_PASSWORD', '')).toBe('')
  })
})

describe('maskObject', () => {
  it('keeps the keys of a Secret and none of its values, and no copy of them', () => {
    const masked = JSON.stringify(
      maskObject({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name: 'db',
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"password":"canary"}}',
            team: 'shop',
          },
          managedFields: [{ manager: 'kubectl' }],
        },
        data: { password: 'canary' },
        stringData: { token: 'canary' },
      }),
    )
    expect(masked).toContain('password')
    expect(masked).toContain('team')
    expect(masked).not.toMatch(/canary|managedFields/)
  })

  it('hides a kubeconfig in a ConfigMap, and nothing else of it', () => {
    const { data } = maskObject({
      kind: 'ConfigMap',
      metadata: { name: 'c' },
      data: { config: KUBECONFIG, colour: 'blue' },
    })
    expect(data).toEqual({ config: MASK, colour: 'blue' })
  })
})
