/** Releases as Helm stores them. */
import { gzipSync } from 'node:zlib'

export interface ReleaseFixture {
  name?: string
  version?: number
  status?: string
  description?: string
  config?: object | null
  defaults?: object | null
}

export function releaseJson({ name = 'shop', version = 1, status = 'deployed', ...rest }: ReleaseFixture = {}): object {
  return {
    name,
    version,
    namespace: 'shop',
    info: {
      first_deployed: '2026-11-29T08:00:00.123456789Z',
      last_deployed: '2026-11-29T08:00:00.123456789Z',
      status,
      description: rest.description ?? 'Install complete',
    },
    chart: {
      metadata: { name: 'cart', version: '2.4.0', appVersion: '1.29' },
      values: rest.defaults === undefined ? { replicas: 1 } : rest.defaults,
      templates: [{ name: 'a.yaml', data: 'aGVsbG8=' }],
    },
    config: rest.config === undefined ? { replicas: 2 } : rest.config,
    manifest: 'kind: Secret',
  }
}

/** `data.release` of a ConfigMap. */
export function inConfigMap(release: object | string): string {
  return gzipSync(typeof release === 'string' ? release : JSON.stringify(release)).toString('base64')
}

/** `data.release` of a Secret, as the API returns it. */
export function inSecret(release: object | string): string {
  return Buffer.from(inConfigMap(release)).toString('base64')
}
