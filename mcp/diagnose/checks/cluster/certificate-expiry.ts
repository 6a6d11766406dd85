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
/** This long before the end every certificate is late, unless its lifetime is short. */
const SOON = 7 * DAY
/**
 * Part of the lifetime before the end in which a renewal is late. Knative renews the certificates of a week of its
 * webhooks a day before their end: https://pkg.go.dev/knative.dev/pkg/webhook/certificates
 */
const LATE = 1 / 10
/** A program renews certificates of a shorter lifetime. */
const SHORT = 30 * DAY

export const certificateExpiry: Check = {
  id: 'certificate-expiry',
  reads: ['apiregistration.k8s.io/APIService'],
  reference: 'https://kubernetes.io/docs/tasks/tls/certificate-issue-client-csr/',
  find: (world) => [
    ...world.certificates.flatMap((each) => secretFound(world, each)),
    ...world.list(CERTIFICATE).flatMap((each) => expiring(world, each, certificateLifetime(each))),
    ...world
      .kinds()
      .filter((kind) => kind.startsWith('admissionregistration.k8s.io/'))
      .flatMap((kind) => world.list(kind))
      .flatMap((each) =>
        listAt(each, 'webhooks').flatMap((hook) =>
          expiring(world, each, bundleLifetime(textAt(hook, 'clientConfig', 'caBundle'))),
        ),
      ),
    ...world
      .list('apiregistration.k8s.io/APIService')
      .flatMap((each) => expiring(world, each, bundleLifetime(textAt(each, 'spec', 'caBundle')))),
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

/** In milliseconds since the epoch. */
interface Lifetime {
  end: number
  /** From this time on it is reported. */
  lateFrom: number
}

function expiring(world: World, object: KubeObject, lifetime: Lifetime | undefined): Found[] {
  if (!lifetime || world.now < lifetime.lateFrom) return []
  const { end } = lifetime
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

/** A certificate with more than a third of its lifetime, or three weeks, ahead is not late; one of days has less time. */
function secretFound(world: World, { secret, from, end }: CertificateEnd): Found[] {
  const [left, lifetime] = [end - world.now, end - from]
  if (left > Math.min(21 * DAY, lifetime < SHORT ? lifetime * LATE : lifetime / 3)) return []
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

/** Its controller renews it at a time that it reports; half of the rest later it has failed to. */
function certificateLifetime(certificate: KubeObject): Lifetime | undefined {
  const end = timeAt(certificate, 'status', 'notAfter')
  if (end === undefined) return undefined
  const renewal = timeAt(certificate, 'status', 'renewalTime')
  return { end, lateFrom: end - Math.min(SOON, renewal === undefined ? SOON : (end - renewal) / 2) }
}

/** That of the last authority of a bundle: one that is still valid suffices. */
function bundleLifetime(bundle: string | undefined): Lifetime | undefined {
  if (bundle === undefined) return undefined
  const text = Buffer.from(bundle, 'base64').toString('latin1')
  const known = (text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []).flatMap(validity)
  const last = known.sort((one, other) => other.end - one.end)[0]
  return last && { end: last.end, lateFrom: last.end - Math.min(SOON, (last.end - last.from) * LATE) }
}

function validity(pem: string): { from: number; end: number }[] {
  try {
    const { validFrom, validTo } = new X509Certificate(pem)
    const [from, end] = [Date.parse(validFrom), Date.parse(validTo)]
    return Number.isNaN(from) || Number.isNaN(end) ? [] : [{ from, end }]
  } catch {
    return []
  }
}
