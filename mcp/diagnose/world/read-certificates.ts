/** The ends of the certificates in TLS Secrets. Their data never leaves this module. */
import { X509Certificate } from 'node:crypto'
import { collectionPath } from '../../../shared/kubernetes/api'
import { builtInKind } from '../../../shared/kubernetes/built-in-kinds'
import { textAt } from '../../../shared/kubernetes/fields'
import { readPages } from '../../kubernetes/list/paging'
import type { Cluster, KubeObject } from '../../kubernetes/types'
import type { Ref } from '../types'

const MOST = 500

export interface CertificateEnd {
  secret: Ref
  /** Milliseconds since the epoch. */
  from: number
  end: number
}

/** @throws KubeError */
export async function readCertificates(
  { client }: Cluster,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<CertificateEnd[]> {
  const ends: CertificateEnd[] = []
  const keep = (secret: KubeObject): KubeObject => {
    const end = endOf(secret)
    if (end) ends.push(end)
    return { metadata: { name: secret.metadata.name } }
  }
  const path = collectionPath(builtInKind('Secret'), namespace)
  await readPages(client, { path, fieldSelector: 'type=kubernetes.io/tls', most: MOST, keep, signal })
  return ends
}

function endOf(secret: KubeObject): CertificateEnd | undefined {
  const { namespace, name, annotations } = secret.metadata
  const data = textAt(secret, 'data', 'tls.crt')
  // Its Certificate reports when it is renewed.
  if (data === undefined || annotations?.['cert-manager.io/certificate-name'] !== undefined) return undefined
  try {
    const { validFrom, validTo } = new X509Certificate(Buffer.from(data, 'base64'))
    return { secret: { kind: 'Secret', namespace, name }, from: Date.parse(validFrom), end: Date.parse(validTo) }
  } catch {
    return undefined
  }
}
