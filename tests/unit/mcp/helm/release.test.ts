import { describe, expect, it } from 'vitest'
import { chartName, decodeRelease } from '../../../../mcp/helm/release'
import { inConfigMap, inSecret, releaseJson } from './stored'

describe('a stored Helm release', () => {
  it('is read from a Secret', async () => {
    const release = await decodeRelease(inSecret(releaseJson({ version: 3, status: 'pending-upgrade' })), 'secrets')
    expect(release).toMatchObject({ name: 'shop', version: 3, info: { status: 'pending-upgrade' } })
    expect(release.config).toEqual({ replicas: 2 })
    expect(chartName(release)).toBe('cart-2.4.0')
  })

  it('is read from a ConfigMap', async () => {
    expect(await decodeRelease(inConfigMap(releaseJson()), 'configmaps')).toMatchObject({ name: 'shop' })
  })

  it('is read if it is not compressed', async () => {
    const plain = Buffer.from(JSON.stringify(releaseJson())).toString('base64')
    expect(await decodeRelease(plain, 'configmaps')).toMatchObject({ name: 'shop' })
  })

  it('has no values if the stored ones are null', async () => {
    const release = await decodeRelease(inSecret(releaseJson({ config: null, defaults: null })), 'secrets')
    expect([release.config, release.chart.values]).toEqual([{}, {}])
  })

  it('is refused if it unpacks to more than 16 MiB', async () => {
    const bomb = inSecret(`{"name":"${'a'.repeat(64 * 1024 * 1024)}"}`)
    expect(bomb.length).toBeLessThan(1024 * 1024)
    await expect(decodeRelease(bomb, 'secrets')).rejects.toMatchObject({ code: 'too-large' })
  })

  it.each([
    ['text', 'hello'],
    ['an empty text', ''],
    ['JSON of another shape', inSecret({ hello: 'world' })],
    ['cut gzip', inSecret(releaseJson()).slice(0, 200)],
  ])('is refused if it is %s', async (_, stored) => {
    await expect(decodeRelease(stored, 'secrets')).rejects.toMatchObject({ code: 'server-error' })
  })
})
