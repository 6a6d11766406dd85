/** `kubectl get` of Services, Endpoints, EndpointSlices and Ingresses. */
import type { Endpoints, EndpointSlice, Ingress, Service } from '../types'
import { ageColumn, column, firstThree, formatLabels, nameColumn, wide, type Column } from './columns'

export const serviceColumns: Column<Service>[] = [
  nameColumn,
  column('Type', (each) => each.spec.type),
  column('Cluster-IP', (each) => each.spec.clusterIP),
  column('External-IP', externalIP),
  column('Port(s)', ports),
  ageColumn,
  wide('Selector', (each) => formatLabels(each.spec.selector)),
]

function externalIP(service: Service): string {
  if (service.spec.type !== 'LoadBalancer') return '<none>'
  const addresses = (service.status.loadBalancer.ingress ?? []).map((each) => each.ip)
  return addresses.length === 0 ? '<pending>' : addresses.sort().join(',')
}

function ports(service: Service): string {
  const list = service.spec.ports.map(({ port, nodePort, protocol }) =>
    nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
  )
  return list.length === 0 ? '<none>' : list.join(',')
}

export const endpointsColumns: Column<Endpoints>[] = [nameColumn, column('Endpoints', readyAddresses), ageColumn]

/** As in Kubernetes: empty without ready addresses, `<none>` without any. */
function readyAddresses(endpoints: Endpoints): string {
  if (!endpoints.subsets) return '<none>'
  const list = endpoints.subsets.flatMap((subset) =>
    subset.ports.flatMap(({ port }) => (subset.addresses ?? []).map(({ ip }) => `${ip}:${port}`)),
  )
  return firstThree(list, '')
}

export const endpointSliceColumns: Column<EndpointSlice>[] = [
  nameColumn,
  column('AddressType', (each) => each.addressType),
  column('Ports', (each) =>
    firstThree(
      each.ports.map(({ port }) => String(port)),
      '<unset>',
    ),
  ),
  column('Endpoints', (each) =>
    firstThree(
      each.endpoints.flatMap(({ addresses }) => addresses),
      '<unset>',
    ),
  ),
  ageColumn,
]

export const ingressColumns: Column<Ingress>[] = [
  nameColumn,
  column('Class', (each) => each.spec.ingressClassName),
  column('Hosts', (each) =>
    firstThree(
      each.spec.rules.map(({ host }) => host),
      '*',
    ),
  ),
  column('Address', (each) => (each.status.loadBalancer.ingress ?? []).map(({ ip }) => ip).join(',')),
  column('Ports', () => '80'),
  ageColumn,
]
