/** Services with their endpoints, and Ingresses with their Services. */
import { relatedOf } from '../../../shared/kubernetes/health/related'
import type { Section } from '../../../shared/result'
import { KubeError } from '../../kubernetes/errors/errors'
import { at, listAt, pairsAt, recordAt, textAt } from '../../kubernetes/read/fields'
import { getObject } from '../../kubernetes/list/object'
import type { KubeObject } from '../../kubernetes/types'
import { portText } from './containers'
import type { KindDescription } from './kind'
import { linesSection, tableSection } from './lines'
import type { RelatedReads } from './reads'

const MAX_ENDPOINTS = 50

export const service: KindDescription = {
  async related(object, reads) {
    if (textAt(object, 'spec', 'type') === 'ExternalName') return { sections: [] }
    const { namespace, name } = object.metadata
    const slices = await endpointSlices(reads, namespace, name)
    if (slices === undefined) return { sections: [] }
    const rows = slices.flatMap(endpointRows)
    const text = rows.length === 0 ? await whyNone(object, reads) : readyText(rows)
    const columns = ['ADDRESS', 'READY', 'POD', 'NODE', 'PORTS']
    return {
      sections: tableSection('Endpoints', columns, rows.slice(0, MAX_ENDPOINTS), text),
      health: relatedOf({ endpointSlices: slices }),
    }
  },
  details: (object) =>
    linesSection('Details', [
      ['Type', textAt(object, 'spec', 'type')],
      ['Cluster IP', textAt(object, 'spec', 'clusterIP')],
      ['External name', textAt(object, 'spec', 'externalName')],
      ['Load balancer', loadBalancer(object)],
      ['Ports', listAt(object, 'spec', 'ports').map(portText).join(', ')],
      ['Selector', pairsAt(object, 'spec', 'selector')],
      ['Session affinity', textAt(object, 'spec', 'sessionAffinity')],
    ]),
}

function loadBalancer(object: KubeObject): string {
  if (textAt(object, 'spec', 'type') !== 'LoadBalancer') return ''
  const addresses = listAt(object, 'status', 'loadBalancer', 'ingress').map(
    (each) => textAt(each, 'ip') || textAt(each, 'hostname'),
  )
  return addresses.join(', ') || 'pending: no address yet'
}

/** Undefined if they are unreadable. */
function endpointSlices(
  reads: RelatedReads,
  namespace: string | undefined,
  service: string,
): Promise<KubeObject[] | undefined> {
  return reads.objects({
    title: 'Endpoints',
    kind: 'discovery.k8s.io/v1/EndpointSlice',
    namespace,
    labelSelector: `kubernetes.io/service-name=${service}`,
  })
}

function readyText(rows: string[][]): string {
  return `${rows.filter(([, ready]) => ready === 'true').length} of ${rows.length} ready`
}

function endpointRows(slice: KubeObject): string[][] {
  const ports = listAt(slice, 'ports')
    .map((port) => textAt(port, 'port'))
    .join(', ')
  return listAt(slice, 'endpoints').map((endpoint) => [
    listAt(endpoint, 'addresses')
      .map((address) => textAt(address))
      .join(', '),
    textAt(endpoint, 'conditions', 'ready') || 'true',
    textAt(endpoint, 'targetRef', 'name'),
    textAt(endpoint, 'nodeName'),
    ports,
  ])
}

/** Distinguishes a selector that matches no pods from pods that are not ready. */
async function whyNone(object: KubeObject, reads: RelatedReads): Promise<string> {
  const labelSelector = pairsAt(object, 'spec', 'selector').replaceAll(', ', ',')
  if (labelSelector === '') return 'No endpoints: the Service has no selector'
  const { namespace } = object.metadata
  const pods = await reads.objects({ title: 'Pods of the selector', kind: 'v1/Pod', namespace, labelSelector })
  if (pods === undefined) return 'No endpoints'
  if (pods.length === 0) return `No endpoints: no pod in ${namespace} has the labels ${labelSelector}`
  return `No endpoints: of ${pods.length} pods with the labels ${labelSelector} none has an address yet`
}

export const ingress: KindDescription = {
  async related(object, reads) {
    const rules = listAt(object, 'spec', 'rules').flatMap((rule) =>
      listAt(rule, 'http', 'paths').map((path) => ({
        path: `${textAt(rule, 'host') || '*'}${textAt(path, 'path')}`,
        backend: at(path, 'backend'),
      })),
    )
    const fallback = at(object, 'spec', 'defaultBackend')
    const all = fallback === undefined ? rules : [...rules, { path: '(default)', backend: fallback }]
    const names = new Set(all.map(({ backend }) => textAt(backend, 'service', 'name')).filter(Boolean))
    const states = new Map(
      await Promise.all([...names].map(async (name) => [name, await serviceState(object, name, reads)] as const)),
    )
    const rows = all.map(({ path, backend }) => {
      const name = textAt(backend, 'service', 'name')
      const port = textAt(backend, 'service', 'port', 'number') || textAt(backend, 'service', 'port', 'name')
      const other = `${textAt(backend, 'resource', 'kind')}/${textAt(backend, 'resource', 'name')}`
      return [path, name === '' ? other : `${name}:${port}`, states.get(name) ?? '']
    })
    return { sections: tableSection('Rules', ['PATH', 'SERVICE', 'STATE'], rows) }
  },
  details: (object) =>
    linesSection('Details', [
      ['Class', textAt(object, 'spec', 'ingressClassName')],
      [
        'Address',
        listAt(object, 'status', 'loadBalancer', 'ingress')
          .map((each) => textAt(each, 'ip') || textAt(each, 'hostname'))
          .join(', ') || 'none yet',
      ],
      [
        'TLS',
        listAt(object, 'spec', 'tls')
          .map(
            (tls) =>
              `${listAt(tls, 'hosts')
                .map((host) => textAt(host))
                .join(', ')} (Secret ${textAt(tls, 'secretName')})`,
          )
          .join('; '),
      ],
    ]),
}

async function serviceState(object: KubeObject, name: string, reads: RelatedReads): Promise<string> {
  const { namespace } = object.metadata
  try {
    const resource = await reads.resource('v1/Service')
    await getObject(reads.cluster, { resource, namespace, name, signal: reads.signal })
  } catch (error) {
    if (!(error instanceof KubeError) || error.concernsEveryCall) throw error
    return error.code === 'not-found' ? 'does not exist' : 'not readable'
  }
  const slices = await endpointSlices(reads, namespace, name)
  if (slices === undefined) return ''
  const rows = slices.flatMap(endpointRows)
  return rows.length === 0 ? 'no endpoints' : readyText(rows)
}

export const networkPolicy: KindDescription = {
  details(object): Section[] {
    const selector = recordAt(object, 'spec', 'podSelector')
    const types = listAt(object, 'spec', 'policyTypes').map((type) => textAt(type))
    return linesSection('Details', [
      ['Pods', Object.keys(selector).length === 0 ? 'all of the namespace' : pairsAt(selector, 'matchLabels')],
      ['Types', types.join(', ')],
      ...types.map((type): [string, string] => {
        const count = listAt(object, 'spec', type.toLowerCase()).length
        return [`${type} rules`, count === 0 ? 'none: all of it is denied' : String(count)]
      }),
    ])
  },
}
