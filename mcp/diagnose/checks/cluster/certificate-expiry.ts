/** Certificates near their end: those of cert-manager, and the authorities that webhooks and aggregated APIs are checked with. */
import { X509Certificate } from 'node:crypto'
import { listAt, textAt, timeAt } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import { formatTime } from '../../time'
import type { Check, Found } from '../../types'
import type { CertificateEnd } from '../../world/read-certificates'
import type { World } from '../../world/world'

const CERTIFICATE = 'cert-manager.io/Certificate'
const DAY = 24 * 60 * 60_000
/** cert-manager renews after two thirds of the lifetime; this late it has failed to. */
const SOON = 7 * DAY

export const certificateExpiry: Check = {
  id: 'certificate-expiry',
  reads: ['apiregistration.k8s.io/APIService'],
  reference: 'https://kubernetes.io/docs/tasks/tls/certificate-issue-client-csr/',
  find: (world) => [
    ...world.certificates.flatMap((each) => secretFound(world, each)),
    ...world
      .list(CERTIFICATE)
      .flatMap((each) =>
        expiring(world, each, timeAt(each, 'status', 'notAfter'), timeAt(each, 'status', 'renewalTime')),
      ),
    ...world
      .kinds()
      .filter((kind) => kind.startsWith('admissionregistration.k8s.io/'))
      .flatMap((kind) => world.list(kind))
      .flatMap((each) =>
        listAt(each, 'webhooks').flatMap((hook) =>
          expiring(world, each, endOf(textAt(hook, 'clientConfig', 'caBundle'))),
        ),
      ),
    ...world
      .list('apiregistration.k8s.io/APIService')
      .flatMap((each) => expiring(world, each, endOf(textAt(each, 'spec', 'caBundle')))),
  ],
  samples: {
    fires: [
      `
- {apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: c, namespace: a}, status: {notAfter: "2026-12-02T12:00:00Z", renewalTime: "2026-11-20T12:00:00Z", conditions: [{type: Ready, status: "True"}]}}`,
    ],
    silent: [
      `
- {apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: c, namespace: a}, status: {notAfter: "2027-02-02T12:00:00Z", renewalTime: "2027-01-02T12:00:00Z", conditions: [{type: Ready, status: "True"}]}}`,
      `
- {apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: short, namespace: a}, status: {notAfter: "2026-11-29T18:00:00Z", renewalTime: "2026-11-29T16:00:00Z", conditions: [{type: Ready, status: "True"}]}}`,
    ],
  },
}

/** @param renewal when its controller renews it; before that nothing is late */
function expiring(world: World, object: KubeObject, end: number | undefined, renewal = 0): Found[] {
  if (end === undefined || end - world.now > SOON || renewal > world.now) return []
  const isOver = end <= world.now
  const time = formatTime(end)
  return [
    {
      object: refOf(object),
      severity: isOver ? 'critical' : 'warning',
      certainty: 'certain',
      cause: isOver ? msg('certificate-over', { time }) : msg('certificate-soon', { time }),
      next: msg('next-certificate'),
      evidence: [fact('status', `notAfter: ${time}`)],
    },
  ]
}

/** A certificate with more than a third of its lifetime, or three weeks, ahead is not late. */
function secretFound(world: World, { secret, from, end }: CertificateEnd): Found[] {
  const left = end - world.now
  if (left > Math.min(21 * DAY, (end - from) / 3)) return []
  const time = formatTime(end)
  return [
    {
      object: secret,
      severity: left <= 0 ? 'critical' : 'warning',
      certainty: 'certain',
      cause: left <= 0 ? msg('certificate-over', { time }) : msg('certificate-soon', { time }),
      next: msg('next-certificate'),
      evidence: [fact('status', `notAfter: ${time}`)],
    },
  ]
}

/** The end of the last authority of a bundle: one that is still valid suffices. */
function endOf(bundle: string | undefined): number | undefined {
  if (bundle === undefined) return undefined
  const text = Buffer.from(bundle, 'base64').toString('latin1')
  const ends = (text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []).map(validTo)
  const known = ends.filter((end) => !Number.isNaN(end))
  return known.length === 0 ? undefined : Math.max(...known)
}

function validTo(pem: string): number {
  try {
    return Date.parse(new X509Certificate(pem).validTo)
  } catch {
    return Number.NaN
  }
}
