import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { pino } from 'pino'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { openCertificate, watchCertificate } from '../../../server/tls/certificate'
import { selfSignedPair } from '../../../server/tls/self-signed'

const DAY_MS = 24 * 3600 * 1000
const root = mkdtempSync(join(tmpdir(), 'self-signed-test-'))
afterAll(() => rmSync(root, { recursive: true }))

describe('the self-signed certificate', () => {
  it('covers the names, localhost, and is a server certificate with its key', async () => {
    const pair = await selfSignedPair({ folder: join(root, 'names'), names: ['k8s.example.com', '192.0.2.7', '[::7]'] })
    const certificate = new X509Certificate(pair.cert)
    for (const name of ['k8s.example.com', 'localhost']) expect(certificate.checkHost(name), name).toBe(name)
    for (const address of ['192.0.2.7', '::7', '127.0.0.1']) expect(certificate.checkIP(address), address).toBe(address)
    expect(certificate.checkHost('other.example.com')).toBeUndefined()
    expect(certificate.ca).toBe(false)
    const days = (certificate.validToDate.getTime() - certificate.validFromDate.getTime()) / DAY_MS
    expect(days).toBeCloseTo(397)
    expect(() => createSecureContext(pair)).not.toThrow()
  })

  it('is kept, readable for its user alone', async () => {
    const folder = join(root, 'kept')
    const first = await selfSignedPair({ folder, names: [] })
    const second = await selfSignedPair({ folder, names: [] })
    expect(second.cert).toContain(first.cert)
    expect(statSync(join(folder, 'tls.pem')).mode & 0o777).toBe(0o600)
    expect(first.notKept).toBeUndefined()
  })

  it.each([
    ['it soon expires', { names: [] }, Date.now() + 370 * DAY_MS],
    ['it lacks a name', { names: ['new.example.com'] }, Date.now()],
    ['it lacks an address', { names: ['192.0.2.9'] }, Date.now()],
  ])('is replaced if %s', async (_, { names }, now) => {
    const folder = join(root, `replaced-${now}-${names.join()}`)
    const first = await selfSignedPair({ folder, names: [] })
    const second = await selfSignedPair({ folder, names }, now)
    expect(second.cert).not.toContain(first.cert)
    expect((await selfSignedPair({ folder, names }, now)).cert).toContain(second.cert)
  })

  it('is replaced if the file is broken', async () => {
    const folder = join(root, 'broken')
    await selfSignedPair({ folder, names: [] })
    writeFileSync(join(folder, 'tls.pem'), 'broken')
    expect((await selfSignedPair({ folder, names: [] })).cert).toMatch(/BEGIN CERTIFICATE/)
  })

  it('is made without being kept if the folder cannot be written', async () => {
    const file = join(root, 'file')
    writeFileSync(file, '')
    const pair = await selfSignedPair({ folder: join(file, 'folder'), names: [] })
    expect(pair.notKept).toMatch(/ENOTDIR/)
    expect(() => createSecureContext(pair)).not.toThrow()
  })

  it('stays in use while it cannot be kept, and gives way to one that was', async () => {
    const file = join(root, 'no-folder')
    writeFileSync(file, '')
    const config = { kind: 'self-signed' as const, folder: join(file, 'folder'), names: [] }
    const log = pino({ enabled: false })
    const first = await openCertificate(config, log)
    expect(await openCertificate(config, log, first)).toEqual(first)
    vi.useFakeTimers({ toFake: ['setInterval'] })
    const replaced: string[] = []
    const stop = watchCertificate(config, first, ({ cert }) => replaced.push(cert), log)
    try {
      vi.advanceTimersByTime(13 * 3600 * 1000)
      rmSync(file)
      const { cert } = await selfSignedPair(config)
      vi.advanceTimersByTime(12 * 3600 * 1000)
      await vi.waitFor(() => expect(replaced).not.toEqual([]))
      expect(replaced).toEqual([expect.stringContaining(cert)])
    } finally {
      stop()
      vi.useRealTimers()
    }
  })
})
