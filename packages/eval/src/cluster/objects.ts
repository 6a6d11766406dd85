/** Objects of any kind by the Kubernetes API. */
import { collectionPath, groupOf, objectPath } from '#shared/kubernetes/api'
import { z } from 'zod'
import { ApiError, openKubeApi } from '../../../../tests/support/kube/kube-api'

export const objectSchema = z.looseObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
  }),
})
export type KubeObject = z.infer<typeof objectSchema>

const listSchema = z.looseObject({ items: z.array(objectSchema) })
const resourcesSchema = z.looseObject({
  resources: z.array(z.looseObject({ name: z.string(), kind: z.string(), namespaced: z.boolean() })),
})

export interface Place {
  apiVersion: string
  kind: string
  namespace: string
}

export interface Objects {
  /** @returns undefined if there is none */
  get: (place: Place, name: string) => Promise<KubeObject | undefined>
  list: (place: Place, labels?: string) => Promise<KubeObject[]>
  create: (object: KubeObject, namespace: string) => Promise<void>
  /** Starts the deletion. */
  remove: (place: Place, name: string) => Promise<void>
  close: () => Promise<void>
}

/** @param kubeconfig path of a file; its current context is used */
export async function openObjects(kubeconfig: string): Promise<Objects> {
  const api = await openKubeApi(kubeconfig)
  const kinds = new Map<string, Promise<z.infer<typeof resourcesSchema>>>()

  async function resourceOf(apiVersion: string, kind: string) {
    const group = groupOf(apiVersion)
    const version = apiVersion.slice(group === '' ? 0 : group.length + 1)
    const path = group === '' ? `/api/${version}` : `/apis/${apiVersion}`
    const known = kinds.get(apiVersion) ?? api.send('GET', path).then((body) => resourcesSchema.parse(body))
    kinds.set(apiVersion, known)
    const found = (await known).resources.find((each) => each.kind === kind && !each.name.includes('/'))
    if (!found) throw new Error(`The cluster has no kind ${kind} of ${apiVersion}`)
    return { group, version, plural: found.name, namespaced: found.namespaced }
  }

  return {
    get: async ({ apiVersion, kind, namespace }, name) => {
      const path = objectPath(await resourceOf(apiVersion, kind), namespace, name)
      return await orUndefined(api.send('GET', path).then((body) => objectSchema.parse(body)))
    },
    list: async ({ apiVersion, kind, namespace }, labels) => {
      const path = collectionPath(await resourceOf(apiVersion, kind), namespace)
      const query = labels === undefined ? '' : `?labelSelector=${encodeURIComponent(labels)}`
      return listSchema.parse(await api.send('GET', path + query)).items
    },
    create: async (object, namespace) => {
      const resource = await resourceOf(object.apiVersion ?? '', object.kind ?? '')
      const inside = object.metadata.namespace ?? namespace
      await api.send('POST', collectionPath(resource, inside), {
        ...object,
        metadata: { ...object.metadata, ...(resource.namespaced && { namespace: inside }) },
      })
    },
    remove: async ({ apiVersion, kind, namespace }, name) => {
      const path = objectPath(await resourceOf(apiVersion, kind), namespace, name)
      await orUndefined(api.send('DELETE', path))
    },
    close: api.close,
  }
}

async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  }
}
