import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../../server/agent/policy'
import { cpuMs } from '../../support/cpu-time'
import { serverTool } from '../../support/brands'

type Args = Record<string, unknown>

const policy = createPolicy({ mode: 'approve' })
const apply = (manifest: unknown) => policy.decide(serverTool('kubectl_apply'), { manifest, namespace: 'shop' })
const update = (resource: unknown) => policy.decide(serverTool('resources_create_or_update'), { resource })

const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n'
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  template:
    spec:
      volumes:
      - name: tls
        secret: {secretName: web-tls}
      containers:
      - name: web
        image: registry.example.com/web:1@sha256:3fdbb8a1b0c6d1f0a8ea9eca1b0b6f1a0c4c5d3b1a2f4e5d6c7b8a9f0e1d2c3b
        args: ["--verbose", "-x"]
        env:
        - name: DB_PASSWORD
          valueFrom: {secretKeyRef: {name: db, key: password}}
`

const caBundle = Buffer.from(`-----BEGIN CERTIFICATE-----\n${'MIIC'.repeat(16)}\n-----END CERTIFICATE-----\n`).toString(
  'base64',
)

const secrets: Record<string, string> = {
  plain: 'apiVersion: v1\nkind: Secret\nmetadata: {name: x}\n',
  quoted: 'apiVersion: v1\nkind: "Secret"\nmetadata: {name: x}\n',
  'in another case': 'apiVersion: v1\nkind: secret\n',
  escaped: 'apiVersion: v1\n"k\\u0069nd": "S\\u0065cret"\n',
  JSON: '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"x"}}',
  flow: '{apiVersion: v1, kind: Secret}',
  'a second document': `${pod}---\nkind: Secret\n`,
  'a document on the separator': `${pod}--- {apiVersion: v1, kind: Secret}\n`,
  'a List': 'apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n- kind: Secret\n',
  'a SecretList': 'apiVersion: v1\nkind: SecretList\nitems:\n- metadata: {name: x}\n',
  'a list in a list': 'kind: List\nitems:\n- kind: List\n  items:\n  - kind: Secret\n',
  'a list that is called otherwise': 'kind: ConfigMap\nitems:\n- kind: Secret\n',
  'an anchor': 'x: &k Secret\napiVersion: v1\nkind: *k\n',
  'a merge key': 'x: &k {kind: Secret}\n<<: *k\napiVersion: v1\n',
  'a tag': 'apiVersion: v1\nkind: !!str Secret\n',
  binary: 'apiVersion: v1\nkind: !!binary U2VjcmV0\n',
  'a tag of a map': '!!map {kind: Secret}\n',
  'a key twice': 'apiVersion: v1\nkind: ConfigMap\nkind: Secret\n',
  'a key in two cases': 'apiVersion: v1\nkind: ConfigMap\nKind: Secret\n',
  'a key in another case': 'apiVersion: v1\nKIND: Secret\n',
  'a bare carriage return': 'apiVersion: v1\n# x\rkind: Secret\r# y\nkind: ConfigMap\n',
  'a line separator': 'apiVersion: v1\n# x\u2028kind: Secret\n',
  'a separator that goes on': 'apiVersion: v1\nkind: ConfigMap\n---x: 1\nkind: Secret\n',
  'two values of JSON': '{"kind":"ConfigMap"}\n{"kind":"Secret"}',
  'a template of a controller': 'kind: Template\nspec:\n  object: {kind: Secret, stringData: {a: b}}\n',
  'a text in a ConfigMap': 'kind: ConfigMap\ndata:\n  x.yaml: |\n    kind: Secret\n',
  'a token request': 'apiVersion: authentication.k8s.io/v1\nkind: TokenRequest\n',
  'a certificate request': 'apiVersion: certificates.k8s.io/v1\nkind: CertificateSigningRequest\n',
}

const denied: [tool: string, args: Args, why: RegExp][] = [
  ['kubectl_apply', { filename: '/etc/kubernetes/admin.conf' }, /file/],
  ['kubectl_create', { resourceType: 'configmap', name: 'x', fromFile: ['a=/etc/passwd'] }, /file/],
  ['kubectl_create', { resourceType: 'secret', name: 'x', secretType: 'generic' }, /Secrets/],
  ['kubectl_create', { manifest: pod, output: 'go-template-file' }, /output/],
  ['kubectl_patch', { resourceType: 'secret', name: 'x', patchData: {} }, /Secrets/],
  ['kubectl_patch', { resourceType: 'deployment', name: 'x', patchFile: '/etc/passwd' }, /file/],
  ['kubectl_delete', { resourceType: 'secrets', name: 'x' }, /Secrets/],
  ['kubectl_delete', { manifest: 'apiVersion: v1\nkind: Secret\nmetadata: {name: x}\n' }, /Secrets/],
  ['kubectl_delete', { resourceType: 'serviceaccounts/token', name: 'x' }, /Secrets/],
  ['resources_delete', { apiVersion: 'v1', kind: 'Secret', name: 'x' }, /Secrets/],
  ['kubectl_apply', { manifest: 'kind: Pod\n', namespace: '../x' }, /not a valid namespace/],
  ['pods_run', { name: '-x', image: 'nginx' }, /begins with/],
  ['pods_run', { name: 'x', image: '--privileged' }, /begins with/],
  ['kubectl_scale', { name: 'web\u0000', replicas: 1 }, /control/],
  ['install_helm_chart', { name: 'x', chart: 'cart', namespace: 'shop', valuesFile: '/etc/passwd' }, /file/],
  ['install_helm_chart', { name: 'x', chart: 'cart', namespace: 'shop', values: '/etc/passwd' }, /object/],
  ['install_helm_chart', { name: 'x', chart: '../../etc', namespace: 'shop' }, /chart/],
  ['install_helm_chart', { name: 'x', chart: 'file:///etc', namespace: 'shop' }, /chart/],
  ['install_helm_chart', { name: 'x', chart: '--post-renderer=/tmp/x', namespace: 'shop' }, /begins with|chart/],
  ['install_helm_chart', { name: 'x', chart: 'a/b', namespace: 'shop', repo: 'http://elsewhere' }, /repository/],
  [
    'install_helm_chart',
    { name: 'x', chart: 'a/b', namespace: 'shop', repo: 'https://me:pw@elsewhere' },
    /repository|cred/,
  ],
  ['helm_install', { chart: 'a/b', values: { auth: { password: 'hunter2hunter2' } } }, /credential/],
  ['a_tool_nobody_knows', { text: 'kind: Secret\nmetadata: {}' }, /Secrets/],
]

describe('writes', () => {
  it.each(Object.entries(secrets))('make no Secret: %s', (_, manifest) => {
    expect(apply(manifest).kind).toBe('denied')
    expect(update(manifest).kind).toBe('denied')
  })

  it('make no Secret out of an object either', () => {
    expect(update({ apiVersion: 'v1', kind: 'Secret' }).kind).toBe('denied')
    expect(update({ apiVersion: 'v1', kind: 'List', items: [{ kind: 'Secret' }] }).kind).toBe('denied')
  })

  it.each([
    ['a Pod', pod],
    ['a Deployment that refers to Secrets, with flags for its program', deployment],
    ['several documents', `${pod}---\n${deployment}...\n`],
    ['a List', 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n'],
    ['JSON', JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } }, null, 2)],
    [
      'a SealedSecret (writes-28)',
      'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: db}\nspec: {encryptedData: {password: AgBy3i4OJSWKPiTySYZZA9rO43cGDEq7wZ0fA1hTq2}}\n',
    ],
    [
      'a webhook with the certificate of its authority (writes-28)',
      `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: w}\nwebhooks: [{name: a.b.c, clientConfig: {caBundle: ${caBundle}}}]\n`,
    ],
    ['Windows line breaks', pod.replaceAll('\n', '\r\n')],
    [
      'a Gateway that refers to a Secret',
      'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: x}\nspec: {certificateRefs: [{kind: "Secrets", name: x}]}\n',
    ],
  ])('may be %s', (_, manifest) => {
    expect(apply(manifest)).toMatchObject({ kind: 'write' })
    expect(update(manifest)).toMatchObject({ kind: 'write' })
  })

  it.each(denied)('are denied: %s %j', (tool, args, why) => {
    expect(policy.decide(serverTool(tool), args)).toMatchObject({
      kind: 'denied',
      reason: { text: expect.stringMatching(why) },
    })
  })

  it.each<[string, Args]>([
    ['kubectl_create', { resourceType: 'configmap', name: 'x', fromLiteral: ['mode=--fast', 'b=c d'] }],
    ['kubectl_create', { resourceType: 'job', name: 'x', image: 'busybox', command: ['sh', '-c', 'echo hi'] }],
    [
      'kubectl_patch',
      { resourceType: 'deployment', name: 'web', namespace: 'shop', patchData: { spec: { replicas: 2 } } },
    ],
    [
      'install_helm_chart',
      { name: 'x', chart: 'bitnami/nginx', namespace: 'shop', repo: 'https://charts.example.com' },
    ],
    ['helm_install', { name: 'x', chart: 'oci://registry.example.com/charts/x', values: { replicas: 2 } }],
    ['helm_install', { name: 'x', chart: '/srv/charts/cart' }],
    ['helm_install', { name: 'x', chart: './charts/cart', values: null }],
  ])('may be %s %j', (tool, args) => {
    expect(policy.decide(serverTool(tool), args)).toMatchObject({ kind: 'write' })
  })

  it('hold no credential: what cannot be shown cannot be approved', () => {
    const withPassword = `${pod}spec:\n  containers:\n  - env:\n    - name: DB_PASSWORD\n      value: hunter2hunter2\n`
    expect(apply(withPassword)).toMatchObject({ reason: { text: expect.stringContaining('cannot be approved') } })
    const patchData = { spec: { template: { spec: { env: [{ name: 'API_TOKEN', value: 'abcdef0123456789' }] } } } }
    expect(
      policy.decide(serverTool('kubectl_patch'), { resourceType: 'deployment', name: 'web', patchData }),
    ).toMatchObject({
      reason: { text: expect.stringContaining('Refer to a Secret') },
    })
  })

  it('do not write back redacted values', () => {
    const read = `${pod}  annotations:\n    token: <redacted>\n`
    expect(apply(read)).toMatchObject({ reason: { text: expect.stringContaining('destroy') } })
    expect(update('kind: ConfigMap\ndata: {a: "<redacted, 14 bytes>"}\n')).toMatchObject({ kind: 'denied' })
  })

  it('hold no characters that a card would not show', () => {
    expect(apply(`${pod}  annotations: {note: "a\u202eb"}\n`)).toMatchObject({ kind: 'denied' })
    expect(apply(`${pod}  annotations: {note: "a\u200bb"}\n`)).toMatchObject({ kind: 'denied' })
    expect(apply(`${pod}  annotations: {note: "Größe 很好 🙂"}\n`)).toMatchObject({ kind: 'write' })
  })

  it('are not read for longer than a moment', () => {
    const texts = [
      `kind: ConfigMap\ndata:\n${'  key: value\n'.repeat(10_000)}`,
      `a: &a [x]\nb: &b [*a,*a,*a]\nc: &c [${'*b,'.repeat(5000)}]\nd: [${'*c,'.repeat(5000)}]\nkind: Pod\n`,
      `kind: ConfigMap\ndata:\n${Array.from({ length: 9000 }, (_, at) => `  k${at}: v\n`).join('')}`,
      // The square of this many keys would take half a minute.
      Array.from({ length: 20_000 }, (_, at) => `k${at.toString(36)}:`).join('\n'),
    ]
    expect(cpuMs(() => texts.map((text) => apply(text)))).toBeLessThan(10_000)
  })
})
