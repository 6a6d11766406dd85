/** Helm's release Secrets: gzipped JSON in base64, and a second base64 as in all Secrets. */
import { gzipSync } from 'node:zlib'
import { helmRelease } from '../data/helm'
import { before, metadata, timestamp, type Scene } from '../scene'
import type { Secret } from '../types'

export function buildHelmSecrets(scene: Scene): Secret[] {
  const { name, namespace, revisions } = helmRelease
  return revisions.map(({ age }, index) => {
    const revision = index + 1
    const createdAt = before(scene, age)
    const status = revision === revisions.length ? 'deployed' : 'superseded'
    const labels = {
      modifiedAt: String(Math.floor(createdAt / 1000)),
      name,
      owner: 'helm',
      status,
      version: String(revision),
    }
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: metadata(scene, {
        kind: 'Secret',
        namespace,
        name: `sh.helm.release.v1.${name}.v${revision}`,
        createdAt,
        labels,
      }),
      type: 'helm.sh/release.v1',
      data: { release: encoded(payload(scene, index, status)) },
    }
  })
}

function payload(scene: Scene, index: number, status: string): object {
  const { name, namespace, revisions, chart, defaults, objects } = helmRelease
  const time = ({ age }: { age: number }) => timestamp(before(scene, age))
  const [first] = revisions
  const revision = revisions[index]
  if (!first || !revision) throw new RangeError(`the demo's release has no revision ${index + 1}`)
  const { version, appVersion, description, values } = revision
  return {
    name,
    namespace,
    version: index + 1,
    info: { first_deployed: time(first), last_deployed: time(revision), deleted: '', description, status },
    chart: { metadata: { ...chart, version, appVersion }, lock: null, templates: [], values: defaults, schema: null },
    config: values,
    manifest: objects.map((object) => `---\n${JSON.stringify(object)}\n`).join(''),
  }
}

function encoded(release: object): string {
  const stored = gzipSync(JSON.stringify(release)).toString('base64')
  return Buffer.from(stored).toString('base64')
}
