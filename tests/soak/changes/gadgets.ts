/** A custom kind with defaults and with status and scale subresources. */
import { setTimeout as delay } from 'node:timers/promises'
import { listAt, textAt } from '../../../shared/kubernetes/fields'
import type { KubeApi } from '../../support/kube/kube-api'

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const UNTIL_MS = 30_000

export interface Gadgets {
  group: string
  remove: () => Promise<void>
}

/** @param id makes the API group unique */
export async function createGadgets(api: KubeApi, id: string): Promise<Gadgets> {
  const group = `soak-${id}.example.com`
  const name = `gadgets.${group}`
  const spec = {
    type: 'object',
    properties: {
      size: { type: 'integer', minimum: 0 },
      mode: { type: 'string', enum: ['slow', 'fast'], default: 'slow' },
      notes: { type: 'array', items: { type: 'string' } },
      limits: {
        type: 'object',
        default: {},
        properties: { burst: { type: 'integer', default: 5 }, memory: { type: 'string' } },
      },
    },
  }
  const status = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
  await api.send('POST', DEFINITIONS, {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'gadgets', singular: 'gadget', kind: 'Gadget' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec, status } } },
          subresources: {
            status: {},
            scale: { specReplicasPath: '.spec.size', statusReplicasPath: '.status.size' },
          },
        },
      ],
    },
  })
  for (const end = Date.now() + UNTIL_MS; ; await delay(100)) {
    const definition = await api.send('GET', `${DEFINITIONS}/${name}`)
    const conditions = listAt(definition, 'status', 'conditions')
    const isThere = conditions.some(
      (each) => textAt(each, 'type') === 'Established' && textAt(each, 'status') === 'True',
    )
    if (isThere && (await isServed(api, group))) break
    if (Date.now() > end) throw new Error(`the kind of ${group} is not served`)
  }
  return { group, remove: async () => void (await api.send('DELETE', `${DEFINITIONS}/${name}`)) }
}

async function isServed(api: KubeApi, group: string): Promise<boolean> {
  return await api.send('GET', `/apis/${group}/v1/gadgets`).then(
    () => true,
    () => false,
  )
}
