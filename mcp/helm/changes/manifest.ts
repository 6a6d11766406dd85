/** Reads the objects in a chart's rendered manifest and in its `crds` folder. */
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import type { WriteContext } from '../../changes/types'
import type { KubeObject } from '../../kubernetes/types'
import { exchange } from '../program/exchange'
import type { HelmSession } from './session'

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    annotations: z
      .record(z.string(), z.string())
      .nullish()
      .transform((annotations) => annotations ?? undefined),
  }),
})

export function objectsIn(manifest: string): KubeObject[] {
  return parseAllDocuments(manifest, { version: '1.1', merge: true, uniqueKeys: false, logLevel: 'silent' }).flatMap(
    (document) => {
      try {
        return objectSchema.safeParse(document.toJS()).data ?? []
      } catch {
        return []
      }
    },
  )
}

const POLICY = 'helm.sh/resource-policy'

/** Objects that Helm leaves in the cluster although the release no longer contains them. */
export function keptObjects(before: string, after: string): KubeObject[] {
  const rest = new Set(objectsIn(after).map(({ kind, metadata }) => `${kind}/${metadata.name}`))
  return objectsIn(before).filter(
    ({ kind, metadata }) => metadata.annotations?.[POLICY] === 'keep' && !rest.has(`${kind}/${metadata.name}`),
  )
}

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'

/** Helm creates missing definitions and leaves existing ones unchanged. */
export async function newDefinitions(
  session: HelmSession,
  chart: string,
  { cluster, signal }: WriteContext,
): Promise<KubeObject[]> {
  const objects = objectsIn(await session.local(['show', 'crds', chart]))
  const answers = await Promise.all(
    objects.map(({ metadata }) => {
      const path = `${DEFINITIONS}/${encodeURIComponent(metadata.name)}`
      return exchange(cluster, { method: 'GET', path, headers: { accept: 'application/json' }, signal })
    }),
  )
  return objects.filter((_, index) => answers[index]?.status === 404)
}
