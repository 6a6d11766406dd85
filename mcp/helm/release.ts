/**
 * Decodes a stored Helm release: gzipped JSON in base64, and a second base64 in Secrets.
 * https://github.com/helm/helm/blob/main/pkg/storage/driver/util.go
 */
import { msg } from '../../shared/messages/create'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { z } from 'zod'
import { KubeError } from '../kubernetes/errors/errors'

const inflate = promisify(gunzip)

/** Storage holds at most 1 MiB, but a small payload can unpack to gigabytes. */
const MAX_BYTES = 16 * 1024 * 1024

const valuesSchema = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((values) => values ?? {})

/** A file of a chart: its path and base64 content. */
const filesSchema = z
  .array(z.looseObject({ name: z.string(), data: z.string().nullish() }))
  .nullish()
  .transform((files) => files ?? [])

const hookSchema = z.looseObject({
  name: z.string().default(''),
  kind: z.string().default(''),
  manifest: z.string().default(''),
  /** `pre-install`, `post-upgrade`, `test`. */
  events: z
    .array(z.string())
    .nullish()
    .transform((events) => events ?? []),
  delete_policies: z
    .array(z.string())
    .nullish()
    .transform((policies) => policies ?? []),
})
export type ReleaseHook = z.infer<typeof hookSchema>

export const releaseSchema = z.object({
  name: z.string(),
  version: z.number(),
  info: z.object({
    status: z.string().default('unknown'),
    last_deployed: z.string().optional(),
    description: z.string().default(''),
  }),
  chart: z.object({
    metadata: z
      .looseObject({
        name: z.string().default(''),
        version: z.string().default(''),
        appVersion: z.string().default(''),
      })
      .nullish(),
    values: valuesSchema,
    templates: filesSchema,
    files: filesSchema,
    /** JSON Schema of the values, in base64. */
    schema: z.string().nullish(),
  }),
  /** The rendered objects, as YAML documents. */
  manifest: z.string().default(''),
  hooks: z
    .array(hookSchema)
    .nullish()
    .transform((hooks) => hooks ?? []),
  /** Values set by the user, without the chart's defaults. */
  config: valuesSchema,
})
export type Release = z.infer<typeof releaseSchema>

/**
 * Decodes the payload of one revision.
 * @param stored `data.release` of the Secret or ConfigMap, as returned by the API
 * @throws KubeError `too-large`; `server-error` if it is not a release
 */
export async function decodeRelease(stored: string, storage: 'secrets' | 'configmaps'): Promise<Release> {
  const outer = Buffer.from(stored, 'base64')
  const packed = storage === 'secrets' ? Buffer.from(outer.toString('latin1'), 'base64') : outer
  try {
    return releaseSchema.parse(JSON.parse((await unpack(packed)).toString('utf8')))
  } catch (error) {
    if (error instanceof KubeError) throw error
    throw new KubeError('server-error', msg('release-not-helm-3'))
  }
}

async function unpack(packed: Buffer): Promise<Buffer> {
  // Helm 2 stored some payloads uncompressed, and Helm still reads them.
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) return packed
  try {
    return await inflate(packed, { maxOutputLength: MAX_BYTES })
  } catch (error) {
    const tooLarge = error instanceof RangeError
    if (!tooLarge) throw error
    throw new KubeError('too-large', msg('release-too-large', { size: MAX_BYTES / 1024 / 1024 }), {
      bytes: MAX_BYTES,
    })
  }
}

/** `cart-2.4.0`, as `helm list` prints it. */
export function chartName(release: { chart: Pick<Release['chart'], 'metadata'> }): string {
  const { name, version } = release.chart.metadata ?? { name: '', version: '' }
  return [name, version].filter((part) => part !== '').join('-')
}
