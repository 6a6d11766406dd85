/**
 * A corpus of credentials in the ways in which clusters show them, and of all that looks like one and has to survive.
 * Each text holds the canary; none that is redacted may.
 */
import { describe, expect, it } from 'vitest'
import { redactText } from '../../../server/results'
import { CANARY, CREDENTIAL_TEXTS as plain, base64, rancher } from '../../support/redaction/credential-samples'

describe('redactText removes', () => {
  it.each(Object.entries(plain))('%s', (_, text) => {
    const redacted = redactText(text)
    expect(redacted).not.toContain(CANARY)
    expect(redacted).not.toContain(base64(CANARY).replace(/=+$/, ''))
    expect(redacted).toContain('<redacted')
    expect(redactText(redacted)).toBe(redacted)
  })

  it.each(Object.entries(plain))('base64 of %s, once and twice, alone and in a line', (_, text) => {
    for (const encoded of [base64(text), base64(base64(text))]) {
      for (const around of [
        encoded,
        `data: ${encoded}`,
        `"log":"x\\n${encoded}\\n"`,
        `data:text/plain;base64,${encoded}`,
      ])
        expect(redactText(around)).not.toContain(encoded.slice(0, 24))
    }
  })

  it('folded base64', () => {
    const encoded = base64(`${'a harmless line of a configuration\n'.repeat(5)}password: ${CANARY}\n`)
    const folded = encoded.replace(/.{76}/g, '$&\n    ')
    expect(redactText(`file: |\n    ${folded}\nnext: line`)).toBe('file: |\n    <redacted>\nnext: line')
  })

  it('base64 without padding, and that of URLs', () => {
    const encoded = base64(`{"user":"ÿÿÿ>>>???","password":"${CANARY}"}`)
    expect(redactText(`x ${encoded.replace(/=+$/, '')} y`)).toBe('x <redacted> y')
    expect(redactText(`x ${encoded.replaceAll('+', '-').replaceAll('/', '_')} y`)).toBe('x <redacted> y')
    expect(redactText(`/v1/${encoded}`)).toBe('/v1/<redacted>')
  })

  it('a release that Helm keeps, which is base64 of gzip', () => {
    const release = `H4sIAAAAAAAC/${'a1B2'.repeat(20)}`
    expect(redactText(`release: ${release}`)).toBe('release: <redacted>')
    expect(redactText(`release: ${base64(release)}`)).toBe('release: <redacted>')
  })

  it('a token of Rancher, which has no capitals', () => {
    expect(redactText(`kubeconfig-user-abcde:${rancher}`)).toBe('<redacted>')
  })
})

const hex = (length: number): string => '0f1e2d3c4b5a69788796a5b4c3d2e1f0'.repeat(4).slice(0, length)

const harmless: Record<string, string> = {
  'image digests': `nginx@sha256:${hex(64)} sha256:${hex(64)}`,
  'a UID': 'uid: 92f525b7-521d-4c80-97b4-d184ed06aa38',
  'hashes of git': `revision ${hex(40)} at ${hex(7)}`,
  'resource versions': 'resourceVersion: "18446744073709551615"',
  'a checksum of a Secret': `checksum/secret: ${hex(64)}\nchecksum/token: ${hex(64)}`,
  'a hash of a template': 'pod-template-hash: 57bc59d7bb\nrollouts-pod-template-hash: 694bc7cd75',
  'hash in a name that ends in a word': `config-hash/secret: ${hex(32)}`,
  'names of nodes': 'ip-10-0-12-34.eu-central-1.compute.internal gke-prod-pool-1-0a1b2c3d-x9y8',
  'names of certificates':
    'certificate: web-tls\nsecretName: wildcard-example-com-tls\nissuerRef: {name: letsencrypt-prod}',
  ages: 'AGE 5d12h 3m20s 2y45d',
  'names that look like base64': 'aGVsbG8td29ybGQtZGVwbG95bWVudA cartServiceDeploymentController',
  'long IDs in a log': `trace_id=${hex(32)} span_id=${hex(16)} request-id: 0HMVFE0A4K6QR:00000001`,
  'ETags and versions of objects': `etag "${hex(32)}" versionId=3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY+MTRCxf3vjVBH40Nr8X8gdRQBpUMLUo`,
  'a ConfigMap':
    'data:\n  LOG_LEVEL: debug\n  DATABASE_HOST: db.shop.svc\n  KEYCLOAK_URL: https://id.example.com\n  CACHE_KEYS: 100',
  'a reference to a key':
    'valueFrom:\n  secretKeyRef:\n    key: password\n    name: db-credentials\n    optional: true',
  'a reference to a key in JSON': '{"secretKeyRef":{"name":"db-credentials","key":"password"}}',
  'names of Secrets':
    'imagePullSecrets:\n- name: regcred\nexistingSecret: my-app-v2-secret\nsecret: gateway-credentials-2',
  'secrets of an ExternalSecret': 'data:\n- secretKey: db-password\n  remoteRef: {key: prod/db, property: password}',
  'a projected token':
    'projected:\n  sources:\n  - serviceAccountToken:\n      expirationSeconds: 3607\n      path: token\n  - configMap:\n      name: kube-root-ca.crt',
  'a projected token in JSON': '{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}}',
  'a mounted token':
    'mountPath: /var/run/secrets/kubernetes.io/serviceaccount\n  token: /var/run/secrets/tokens/vault-token',
  'flags for files':
    '--tls-private-key-file=/etc/tls/tls.key --token-auth-file=/etc/tokens.csv --password-file /run/pw',
  'flags of kubelet': '--rotate-certificates=true --authentication-token-webhook=true --anonymous-auth=false',
  'paths in variables': 'PWD=/srv/App1 OLDPWD=/home/Node18 GOOGLE_APPLICATION_CREDENTIALS=/var/secrets/google/key.json',
  'switches in variables': 'BASIC_AUTH=true USE_AUTH=false SECRET= TOKEN=none',
  'a continue token': `continue: ${base64('{"v":"meta.k8s.io/v1","rv":1845663,"start":"web-7d4b9c6f5-x2x4z\\u0000"}')}`,
  'base64 of a certificate authority that is none': `caHash: ${base64('just a sentence that holds nothing of interest')}`,
  'base64 of JSON': `payload ${base64('{"level":"info","message":"started","replicas":3}')}`,
  'an error about a Secret': 'Error: couldn\'t find key password in Secret shop/db-credentials; secret "db" not found',
  'an error about a token':
    'error verifying token: x509: certificate has expired; invalid token: illegal base64 data at input byte 12',
  'an error about rights':
    'secrets is forbidden: User "viewer" cannot list resource "secrets" in API group "" in the namespace "lab"',
  'sentences about passwords':
    'the password is wrong; the token is expired; password must have 12 characters; use --password to set one',
  'sentences about flags':
    'the flag --token is required, --password can be omitted, --api-key or --token must be given',
  'a user in a container': 'docker run -u 1000:1000 -p 8080:80 nginx -a stdout',
  'ports of a service': 'kubectl port-forward -p 8080 svc/web; ssh -p 2222 host',
  'a count of secrets': 'Secrets: 12\nTokens:  default-token-wnqxh\nMountable secrets:   default-token-wnqxh',
  'a table of Secrets':
    'NAME                  TYPE                                  DATA   AGE\ndefault-token-wnqxh   kubernetes.io/service-account-token   3      5d',
  'IPv6 and times': 'fe80::1ff:fe23:4567:890a 2026-11-24T18:52:09.123456789Z [2001:db8::1]:6443',
  'annotations of controllers':
    'control-plane.alpha.kubernetes.io/leader: \'{"holderIdentity":"cm-1_92f525b7-521d-4c80","leaseDurationSeconds":15}\'',
  'volumes and runtimes': `containerd://${hex(64)} pvc-92f525b7-521d-4c80-97b4-d184ed06aa38 vol-0a1b2c3d4e5f67890`,
  'an ARN': 'arn:aws:iam::123456789012:role/eks-node-group-20240101123456789012345678',
  metrics: 'apiserver_request_total{verb="GET",resource="secrets",code="200"} 1.845663e+06',
  'names with suspicious ends':
    'bypass: enabled\ncompass=north\ncompany-pass-through: yes\nnpm_config_cache=/x author=me',
}

describe('redactText leaves', () => {
  it.each(Object.entries(harmless))('%s', (_, text) => {
    expect(redactText(text)).toBe(text)
  })
})
