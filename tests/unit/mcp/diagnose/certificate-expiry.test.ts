/** A certificate is late by its lifetime: those of a week are renewed a day before their end. */
import { generate } from 'selfsigned'
import { describe, expect, it } from 'vitest'
import { certificateExpiry } from '../../../../mcp/diagnose/checks/cluster/certificate-expiry'
import { World } from '../../../../mcp/diagnose/world/world'
import type { KubeObject } from '../../../../mcp/kubernetes/types'

const NOW = Date.parse('2026-11-29T12:00:00Z')
const HOUR = 3_600_000
const DAY = 24 * HOUR

type Validity = [from: number, end: number]

async function pem([from, end]: Validity): Promise<string> {
  const dates = { notBeforeDate: new Date(NOW + from), notAfterDate: new Date(NOW + end) }
  return (await generate([{ name: 'commonName', value: 'ca' }], { keyType: 'ec', curve: 'P-256', ...dates })).cert
}

async function webhook(...all: Validity[]): Promise<string[]> {
  const bundle = (await Promise.all(all.map(pem))).join('\n')
  const clientConfig = { caBundle: Buffer.from(bundle).toString('base64') }
  const kind = 'ValidatingWebhookConfiguration'
  const hook = { kind, metadata: { name: 'w' }, webhooks: [{ name: 'w.example.com', clientConfig }] }
  return codes([{ apiVersion: 'admissionregistration.k8s.io/v1', ...hook }], `admissionregistration.k8s.io/${kind}`)
}

function certificate([renewal, end]: Validity): string[] {
  const status = { notAfter: new Date(NOW + end).toISOString(), renewalTime: new Date(NOW + renewal).toISOString() }
  const object = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'c' }, status }
  return codes([object], 'cert-manager.io/Certificate')
}

function secret([from, end]: Validity): string[] {
  const certificates = [{ secret: { kind: 'Secret', name: 's' }, from: NOW + from, end: NOW + end }]
  const world = new World({ now: NOW, objects: new Map(), events: [], certificates })
  return certificateExpiry.find(world).map(({ cause }) => cause.code)
}

function codes(objects: KubeObject[], kind: string): string[] {
  const world = new World({ now: NOW, objects: new Map([[kind, objects]]), events: [] })
  return certificateExpiry.find(world).map(({ cause }) => cause.code)
}

describe('the authority of a webhook', () => {
  it('is not late if it is renewed every week, a day before its end', async () => {
    expect(await webhook([-HOUR, 7 * DAY - HOUR])).toEqual([])
    expect(await webhook([-6 * DAY + HOUR, DAY + HOUR])).toEqual([])
    expect(await webhook([-6 * DAY - HOUR, DAY - HOUR])).toEqual([])
  })

  it('is late if a week of lifetime has almost passed', async () => {
    expect(await webhook([-6.5 * DAY, 0.5 * DAY])).toEqual(['certificate-soon'])
    expect(await webhook([-8 * DAY, -DAY])).toEqual(['certificate-over'])
  })

  it('is late a week before its end if it lives for long', async () => {
    expect(await webhook([-360 * DAY, 5 * DAY])).toEqual(['certificate-soon'])
    expect(await webhook([-350 * DAY, 15 * DAY])).toEqual([])
  })

  it('is the last one of its bundle', async () => {
    expect(await webhook([-400 * DAY, -DAY], [-HOUR, 7 * DAY - HOUR])).toEqual([])
  })
})

describe('other certificates', () => {
  it('of cert-manager are not late the moment that their renewal begins', () => {
    expect(certificate([-HOUR, 2 * DAY])).toEqual([])
    expect(certificate([-2 * DAY, DAY])).toEqual(['certificate-soon'])
    expect(certificate([-23 * DAY, 6 * DAY])).toEqual(['certificate-soon'])
  })

  it('in Secrets are late by their lifetime too', () => {
    expect(secret([-6 * DAY, DAY])).toEqual([])
    expect(secret([-6.5 * DAY, 0.5 * DAY])).toEqual(['certificate-soon'])
    expect(secret([-75 * DAY, 15 * DAY])).toEqual(['certificate-soon'])
  })
})
