/** Credentials in any text: logs, descriptions, kubeconfigs; and all that must not be taken for one. */
import { describe, expect, it } from 'vitest'
import { redactText } from '../../../server/results'

const JWT = 'eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg'
const pem = (label: string): string =>
  `-----BEGIN ${label}-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n'.repeat(3)}b2s=\n-----END ${label}-----`

describe('redactText removes', () => {
  it.each([
    ['a JWT', `token is ${JWT}.`, 'token is <redacted>.'],
    ['a JWT after an escaped line break', `"log":"x\\n${JWT}"`, '"log":"x\\n<redacted>"'],
    ['a JWT after other dotted words', `a.b-${JWT}`, 'a.b-<redacted>'],
    ['a JWT without its signature', JWT.slice(0, JWT.lastIndexOf('.')), '<redacted>'],
    ['a bearer token', 'Authorization: Bearer admin-token', 'Authorization: Bearer <redacted>'],
    ['a bearer token in JSON', '{"authorization":"Bearer abc.def"}', '{"authorization":"Bearer <redacted>"}'],
    [
      'a bearer token in a command',
      `curl -H 'authorization: bearer s3cr3t' https://x`,
      `curl -H 'authorization: bearer <redacted>' https://x`,
    ],
    ['a bearer token without its header', 'using Bearer sha256~abcDEF', 'using Bearer <redacted>'],
    ['basic authentication', 'Authorization: Basic dXNlcjpwdw==', 'Authorization: Basic <redacted>'],
    ['a header without a scheme', 'authorization: 9f8e7d6c5b4a', 'authorization: <redacted>'],
    ['cookies', 'Cookie: R_SESS=token-abc:xyz; theme=dark', 'Cookie: R_SESS=<redacted>; theme=<redacted>'],
    ['the header of an MCP server', 'X-MCP-AUTH: open-sesame', 'X-MCP-AUTH: <redacted>'],
    [
      'a URL with a password',
      'LEDGER_URL: postgres://user:pw@db:5432/x',
      'LEDGER_URL: postgres://user:<redacted>@db:5432/x',
    ],
    ['a URL without a user', 'redis://:pw@cache:6379', 'redis://:<redacted>@cache:6379'],
    ['an @ and a slash in a password', 'amqp://u:p@s/s@mq a', 'amqp://u:<redacted>@s/s@mq a'],
    ['a slash in a password', 'mysql://root:a/b@db/x', 'mysql://root:<redacted>@db/x'],
    ['a token as user', 'https://0123456789abcdef0123@sentry.example/1', 'https://<redacted>@sentry.example/1'],
    ['a data source name of Go', 'dsn root:pw@tcp(db:3306)/shop', 'dsn root:<redacted>@tcp(db:3306)/shop'],
    ['a query', 'GET /x?a=1&access_token=abcd&b=2', 'GET /x?a=1&access_token=<redacted>&b=2'],
    ['a flag', '--token=abcd --v=2', '--token=<redacted> --v=2'],
    ['a password in a log', 'connecting with password=letmein', 'connecting with password=<redacted>'],
    ['a quoted password', `login {"user":"a","password":"a \\"b\\" c"}`, `login {"user":"a","password":"<redacted>"}`],
    ['JSON within JSON', String.raw`{"msg":"{\"apiKey\":\"abc\"}"}`, String.raw`{"msg":"{\"apiKey\":\"<redacted>\"}"}`],
    ['a password in words', 'INFO using password: s3cret now', 'INFO using password: <redacted> now'],
    ['a literal of node', `{ user: 'me', token: abcdef }`, `{ user: 'me', token: <redacted> }`],
    ['an environment variable', 'export JWT_SECRET=abcdef', 'export JWT_SECRET=<redacted>'],
    ['a key of GitHub', `ghp_${'a1B2'.repeat(9)}`, '<redacted>'],
    ['a key of AWS', 'id AKIAIOSFODNN7EXAMPLE', 'id <redacted>'],
    ['a key pair of AWS', 'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG', 'AWS_SECRET_ACCESS_KEY=<redacted>'],
  ])('%s', (_, text, expected) => {
    expect(redactText(text)).toBe(expected)
    expect(redactText(expected)).toBe(expected)
  })

  it('PEM blocks, with their label left to say what they were', () => {
    expect(redactText(`a\n${pem('RSA PRIVATE KEY')}\nb`)).toBe(
      'a\n-----BEGIN RSA PRIVATE KEY-----<redacted>-----END RSA PRIVATE KEY-----\nb',
    )
    const escaped = JSON.stringify({ key: pem('EC PRIVATE KEY') })
    expect(redactText(escaped)).toBe('{"key":"-----BEGIN EC PRIVATE KEY-----<redacted>-----END EC PRIVATE KEY-----"}')
  })

  it('PEM blocks that are cut off at either end', () => {
    const key = pem('PRIVATE KEY')
    expect(redactText(`${key.slice(0, 130)}\nnext line`)).toBe('-----BEGIN PRIVATE KEY-----<redacted>\nnext line')
    expect(redactText(`before\n${key.slice(60)}`)).toBe('before\n<redacted>-----END PRIVATE KEY-----')
  })

  it('the credentials of a kubeconfig', () => {
    const data = Buffer.from(pem('CERTIFICATE')).toString('base64')
    const kubeconfig = `users:
- name: admin
  user:
    client-certificate-data: ${data}
    client-key-data: ${data}
- name: bot
  user:
    token: abcdef
- name: old
  user:
    username: me
    password: "let me in"`
    expect(redactText(kubeconfig)).toBe(`users:
- name: admin
  user:
    client-certificate-data: <redacted>
    client-key-data: <redacted>
- name: bot
  user:
    token: <redacted>
- name: old
  user:
    username: me
    password: "<redacted>"`)
  })

  it('a PEM block in base64 wherever it stands', () => {
    const data = Buffer.from(pem('PRIVATE KEY')).toString('base64')
    expect(redactText(`ca: ${data} end`)).toBe('ca: <redacted> end')
    expect(redactText(`ca: ${data.match(/.{1,76}/g)?.join('\n') ?? ''}`)).not.toContain(data.slice(80, 120))
  })

  it('a key behind certificates, but no certificates', () => {
    const certificate = pem('CERTIFICATE')
    const base64 = Buffer.from(certificate).toString('base64')
    expect(redactText(`${certificate}\ncaBundle: ${base64}`)).toBe(`${certificate}\ncaBundle: ${base64}`)
    const both = Buffer.from(`${certificate}\n${pem('PRIVATE KEY')}`).toString('base64')
    expect(redactText(`tls.pem: ${both}`)).toBe('tls.pem: <redacted>')
  })

  it('literal environment variables of a pod, in YAML, JSON and kubectl describe', () => {
    const yaml = 'env:\n- name: DB_PASSWORD\n  value: let me\n    in\n- name: LOG_LEVEL\n  value: info'
    expect(redactText(yaml)).toBe('env:\n- name: DB_PASSWORD\n  value: <redacted>\n- name: LOG_LEVEL\n  value: info')
    expect(redactText('{"env":[{"name":"API_TOKEN","value":"x y"}]}')).toBe(
      '{"env":[{"name":"API_TOKEN","value":"<redacted>"}]}',
    )
    expect(redactText('    Environment:\n      DB_PASSWORD:  let me in\n      PORT:         80')).toBe(
      '    Environment:\n      DB_PASSWORD:  <redacted>\n      PORT:         80',
    )
  })

  it('what kubectl describe shows of a ConfigMap under such a key', () => {
    expect(redactText('Data\n====\nDB_PASSWORD:\n----\nlet me\nin\n\nLOG_LEVEL:\n----\ninfo\n')).toBe(
      'Data\n====\nDB_PASSWORD:\n----\n<redacted>\n\nLOG_LEVEL:\n----\ninfo\n',
    )
  })
})

describe('redactText leaves', () => {
  it.each([
    [
      'image digests',
      'docker.io/library/nginx@sha256:9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0',
    ],
    ['image IDs with a scheme', 'docker-pullable://nginx:1.27@sha256:9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a3928'],
    ['runtimes and container IDs', 'containerd://sha256:0123456789abcdef containerd://1.7.0'],
    ['UIDs', 'uid: 6ab55a16-a7e6-405e-9e23-11ae750afd6b'],
    ['hashes of pods', 'cart-694bc7cd75-98wzg pod-template-hash=694bc7cd75,controller-revision-hash=ledger-5cccd57846'],
    ['resource versions', 'resourceVersion: "1845663"'],
    ['names of events', 'worker-1.18ea7bffa2993c0d'],
    ['long names', 'a-very-long-deployment-name-for-the-token-exchange-service-in-production-7d9f8b6c5d-x2x4z'],
    ['names of Secrets', 'secretName: db-password\n  secret: gateway-credentials\n  Tokens:  default-token-wnqxh'],
    ['references to keys', 'secretKeyRef:\n  key: password\n  name: db'],
    ['references in kubectl describe', "DB_PASSWORD:  <set to the key 'password' in secret 'db'>  Optional: false"],
    ['sizes in kubectl describe', 'password:  14 bytes\ntoken:     885 bytes'],
    [
      'settings whose names only contain the word',
      'automountServiceAccountToken: false\n  expirationSeconds: 3607\n  tokenExpirationSeconds: 3607',
    ],
    ['an empty value', 'password: ""\ntoken:\n  path: token'],
    ['a schema', 'properties:\n  password:\n    type: string\n  token: {type: string}'],
    ['a variable', '--password=$(DB_PASSWORD) token: ${TOKEN}'],
    [
      'prose about tokens',
      'failed to refresh token: Unauthorized; invalid bearer token; Bearer authentication required',
    ],
    ['prose about passwords', 'FATAL: password authentication failed for user "ledger"'],
    ['numbers of tokens', 'max_token=4096 "token": 12'],
    ['an answer of authorization', 'authorization: denied by RBAC'],
    ['a URL without credentials', 'postgres://ledger.payments:5432/ledger ssh://git@host/x http://h/?mail=a@b.c'],
    ['a user in a URL', 'ftp://anonymous@mirror.example/pub'],
    ['access modes and kinds', 'tokenreviews.authentication.k8s.io/v1 TokenReview secrets [get list]'],
    ['a rule of dashes', '-----\nName\n---------- -----'],
    ['base64 of other things', 'checksum/config: 8aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ='],
  ])('%s', (_, text) => {
    expect(redactText(text)).toBe(text)
  })
})
