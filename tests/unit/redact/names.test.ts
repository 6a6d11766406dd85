/** What names promise, in the singular and the plural; and names in the plural that only count or name something. */
import { describe, expect, it } from 'vitest'
import { promiseOf } from '../../../shared/redact/key'

describe('the plural of a name promises what the singular does', () => {
  it.each([
    ...['API_KEYS', 'apiKeys', 'apikeys', 'ENCRYPTION_KEYS', 'ACCESS_KEYS', 'SIGNING_KEYS', 'PRIVATE_KEYS'],
    ...['COOKIE_KEYS', 'masterKeys', 'unseal keys', 'API_TOKENS', 'accessTokens', 'refresh-tokens', 'CLIENT_SECRETS'],
    ...['sessionSecrets', 'clés api', 'токены', 'ключи доступа', 'chaves privadas', 'claves privadas'],
  ])('%s', (name) => {
    expect(promiseOf(name)).toBe('token')
  })

  it.each([
    'APP_PASSWORDS',
    'dbpasswords',
    'passphrases',
    'USER_PWDS',
    'contraseñas',
    'senhas',
    'wachtwoorden',
    'hasła',
  ])('%s', (name) => {
    expect(promiseOf(name)).toBe('password')
  })

  it.each(['secretKeys', 'SECRET_KEYS', 'tokens', 'appSecrets', 'secrets'])('%s only for a generated value', (name) => {
    expect(promiseOf(name)).toBe('doubtful')
  })
})

it.each(['secret_id', 'VAULT_SECRET_ID', 'SecretID', 'secret-id', 'vault_secretid'])(
  '%s promises a credential if the value is generated',
  (name) => {
    expect(promiseOf(name)).toBe('doubtful')
  },
)

it.each([
  ...['keys', 'publicKeys', 'public_keys', 'PUBLIC_KEYS', 'passwordKeys', 'access_key_ids', 'cacheKeys', 'primaryKeys'],
  ...['imagePullSecrets', 'tokenIds', 'client_secret_id', 'apiKeysCount', 'apiKeysEnabled', 'role_id'],
])('%s promises nothing', (name) => {
  expect(promiseOf(name)).toBeUndefined()
})
