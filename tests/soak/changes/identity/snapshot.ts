/** The objects of one run in a cluster, to detect changes. */
import { z } from 'zod'
import type { KubeApi } from '../../../support/kube/kube-api'
import type { Place } from './operations'

const listSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({
        name: z.string(),
        uid: z.string(),
        resourceVersion: z.string(),
        generation: z.number().optional(),
        labels: z.record(z.string(), z.string()).optional(),
        annotations: z.record(z.string(), z.string()).optional(),
        deletionTimestamp: z.string().optional(),
      }),
    }),
  ),
})

/** Kinds that the series writes. */
const LISTS = ['/api/v1/*/configmaps', '/api/v1/*/services', '/api/v1/*/secrets', '/apis/apps/v1/*/deployments']

/** One line for each object whose name contains the run's. */
export async function snapshot(api: KubeApi, { namespace, name }: Place): Promise<string> {
  const lists = LISTS.map(async (path) => {
    const { items } = listSchema.parse(await api.send('GET', path.replace('*', `namespaces/${namespace}`)))
    return items.filter(({ metadata }) => metadata.name.includes(name)).map((each) => line(path, each.metadata))
  })
  return (await Promise.all(lists)).flat().sort().join('\n')
}

type Metadata = z.infer<typeof listSchema>['items'][number]['metadata']

/** A Deployment's controller writes its status and this annotation; any other difference is our change. */
function line(path: string, metadata: Metadata): string {
  const { name, uid, resourceVersion, generation, labels, annotations, deletionTimestamp } = metadata
  const { 'deployment.kubernetes.io/revision': _, ...own } = annotations ?? {}
  return JSON.stringify([path, name, uid, generation ?? resourceVersion, labels, own, deletionTimestamp])
}
