/** One of the two clusters: a marker that identifies its answers, and disposable credentials. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { z } from 'zod'
import { openKubeApi } from '../../support/kube/kube-api'
import type { KubeApi } from '../../support/kube/kube-api'

const run = promisify(execFile)

export interface Side {
  api: KubeApi
  /** UID of kube-system. */
  uid: string
  namespace: string
  /** Value of the ConfigMap `marker` in both clusters, and name of a ConfigMap only in this one. */
  marker: string
  /** A service account token that may view everything except Secrets. */
  token: (reader: Reader) => Promise<IssuedToken>
  /** A client certificate that may view everything except Secrets; undefined if this cluster signs none for tests. */
  certificate: ((reader: Reader) => Promise<{ cert: string; key: string }>) | undefined
  remove: () => Promise<void>
}

/** Two users, so that the answer shows a renewed login. */
export const READERS = ['reader-1', 'reader-2'] as const
export type Reader = (typeof READERS)[number]

export interface IssuedToken {
  value: string
  /** Invalidates it; resolves once the API server refuses it. */
  revoke: () => Promise<void>
}

const uidSchema = z.looseObject({ metadata: z.looseObject({ uid: z.string() }) })
const tokenSchema = z.looseObject({ status: z.looseObject({ token: z.string() }) })

const LABELS = { soak: 'identity' }

/** The API server caches a valid token for ten seconds. */
const REFUSED_MS = 30_000
const POLL_MS = 200

/**
 * Creates the marker and the readers.
 * @param clientCa files of the CA whose client certificates the API server accepts
 */
export async function openSide(options: {
  kubeconfig: string
  namespace: string
  marker: string
  clientCa?: { cert: string; key: string } | undefined
}): Promise<Side> {
  const { kubeconfig, namespace, marker, clientCa } = options
  const api = await openKubeApi(kubeconfig)
  const system = uidSchema.parse(await api.send('GET', '/api/v1/namespaces/kube-system'))
  const inNamespace = `/api/v1/namespaces/${namespace}`
  const bindings = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings'
  await api.send('POST', '/api/v1/namespaces', { metadata: { name: namespace } })
  for (const name of ['marker', marker])
    await api.send('POST', `${inNamespace}/configmaps`, { metadata: { name, labels: LABELS }, data: { marker } })
  for (const name of READERS) await api.send('POST', `${inNamespace}/serviceaccounts`, { metadata: { name } })
  await api.send('POST', bindings, {
    metadata: { name: namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [
      ...READERS.map((name) => ({ kind: 'ServiceAccount', name, namespace })),
      ...READERS.map((name) => ({ kind: 'User', name: certificateUser(name), apiGroup: 'rbac.authorization.k8s.io' })),
    ],
  })
  let issued = 0
  const token = async (reader: Reader): Promise<IssuedToken> => {
    const secret = `token-${++issued}`
    const made = await api.send('POST', `${inNamespace}/secrets`, { metadata: { name: secret } })
    const bound = { apiVersion: 'v1', kind: 'Secret', name: secret, uid: uidSchema.parse(made).metadata.uid }
    const spec = { expirationSeconds: 3600, boundObjectRef: bound }
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec }
    const answer = await api.send('POST', `${inNamespace}/serviceaccounts/${reader}/token`, body)
    const value = tokenSchema.parse(answer).status.token
    return {
      value,
      revoke: async () => {
        await api.send('DELETE', `${inNamespace}/secrets/${secret}`)
        for (const end = Date.now() + REFUSED_MS; (await api.statusWith(value, '/version')) !== 401;) {
          if (Date.now() > end) throw new Error('the API server accepts a token whose Secret is gone')
          await delay(POLL_MS)
        }
      },
    }
  }
  return {
    api,
    uid: system.metadata.uid,
    namespace,
    marker,
    token,
    certificate: clientCa && ((reader) => signedCertificate(clientCa, certificateUser(reader))),
    remove: async () => {
      await api.send('DELETE', `${bindings}/${namespace}`).catch(() => undefined)
      await api.send('DELETE', `/api/v1/namespaces/${namespace}`).catch(() => undefined)
      await api.close()
    },
  }
}

export function certificateUser(reader: Reader): string {
  return `soak-${reader}`
}

export function tokenUser(reader: Reader, { namespace }: Pick<Side, 'namespace'>): string {
  return `system:serviceaccount:${namespace}:${reader}`
}

/** Both in PEM. */
async function signedCertificate(
  ca: { cert: string; key: string },
  user: string,
): Promise<{ cert: string; key: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'k8s-ai-assistant-certificate-'))
  const file = (name: string) => join(folder, name)
  try {
    const wanted = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', `/CN=${user}`]
    await run('openssl', ['req', '-new', ...wanted, '-keyout', file('key'), '-out', file('csr')])
    await writeFile(file('usage'), 'extendedKeyUsage=clientAuth\n')
    const signer = ['-CA', ca.cert, '-CAkey', ca.key, '-set_serial', String(Date.now()), '-extfile', file('usage')]
    await run('openssl', ['x509', '-req', '-in', file('csr'), ...signer, '-days', '1', '-out', file('cert')])
    return { cert: await readFile(file('cert'), 'utf8'), key: await readFile(file('key'), 'utf8') }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
