/** Restores a release's chart from Helm's record of it. */
import { msg } from '../../../shared/messages/create'
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { KubeError } from '../../kubernetes/errors/errors'
import { chartName } from '../release'
import type { Release } from '../release'
import type { LocalChart } from './chart'
import type { HelmSession } from './session'

/**
 * Writes the chart of a release to the session's folder.
 * @throws KubeError `invalid-arguments` if it has subcharts, which Helm does not store
 */
export async function chartOfRelease(session: HelmSession, release: Release): Promise<LocalChart> {
  const { metadata, values, templates, files, schema } = release.chart
  const from = chartName(release)
  if (Array.isArray(metadata?.dependencies) && metadata.dependencies.length > 0) {
    const detail = msg('chart-subcharts', { from, version: String(metadata.version) })
    throw new KubeError('invalid-arguments', detail, { chart: from, missing: 'chart' })
  }
  const root = join(session.folder, 'chart')
  const hash = createHash('sha256')
  const put = async (name: string, content: Buffer | string) => {
    const path = join(root, name)
    if (!path.startsWith(root + sep)) throw new KubeError('server-error', msg('chart-stored-invalid', { from }))
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeFile(path, content, { mode: 0o600 })
    hash.update(`${name}\n${content.length}\n`).update(content)
  }
  await put('Chart.yaml', JSON.stringify(metadata))
  await put('values.yaml', JSON.stringify(values))
  if (schema) await put('values.schema.json', Buffer.from(schema, 'base64'))
  for (const { name, data } of [...templates, ...files]) await put(name, Buffer.from(data ?? '', 'base64'))
  return { path: root, digest: hash.digest('hex'), from, words: [`${from}.tgz`] }
}
