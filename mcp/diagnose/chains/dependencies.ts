/** What an object consists of or leads to: trouble there is trouble here. */
import { at, isRecord, listAt, numberAt, textAt } from '../../../shared/kubernetes/fields'
import { matchesLabels, matchesSelector } from '../../../shared/kubernetes/selectors'
import { oncePer } from '../../../shared/once-per'
import type { KubeObject } from '../../kubernetes/types'
import { kindId, refOf } from '../ref'
import type { KindId, Ref } from '../types'
import type { World } from '../world/world'

type Dependencies = (object: KubeObject, world: World) => Ref[]

const BY_KIND: Partial<Record<KindId, Dependencies>> = {
  Service: (service, world) => selectedPods(world, service),
  'networking.k8s.io/Ingress': (ingress) => ingressServices(ingress),
  'policy/PodDisruptionBudget': (budget, world) =>
    podsIn(world, budget.metadata.namespace)
      .filter((pod) => matchesSelector(at(budget, 'spec', 'selector'), pod.metadata.labels ?? {}))
      .map(refOf),
  'autoscaling/HorizontalPodAutoscaler': (scaler) => scaleTarget(scaler),
  'apiregistration.k8s.io/APIService': (api) => serviceOf(at(api, 'spec', 'service')),
  'gateway.networking.k8s.io/HTTPRoute': routeServices,
  'gateway.networking.k8s.io/GRPCRoute': routeServices,
}

/** Objects whose findings are the cause of trouble in this one. */
export function dependenciesOf(world: World, ref: Ref): Ref[] {
  if (ref.kind === 'Secret') return secretMakers(world, ref)
  const object = world.find(ref)
  const own = object ? (BY_KIND[ref.kind]?.(object, world) ?? []) : []
  return [...own, ...world.owned(ref).filter(isInUse).map(refOf)]
}

/** Custom resources that make a Secret, also one that does not exist yet. */
function secretMakers(world: World, { namespace, name }: Ref): Ref[] {
  const makes: [KindId, (maker: KubeObject) => string | undefined][] = [
    ['cert-manager.io/Certificate', (maker) => textAt(maker, 'spec', 'secretName')],
    ['external-secrets.io/ExternalSecret', (maker) => textAt(maker, 'spec', 'target', 'name') ?? maker.metadata.name],
    ['bitnami.com/SealedSecret', (maker) => maker.metadata.name],
  ]
  return makes.flatMap(([kind, secretOf]) =>
    world
      .list(kind)
      .filter((maker) => maker.metadata.namespace === namespace && secretOf(maker) === name)
      .map(refOf),
  )
}

/** Revisions without replicas are history. */
function isInUse(child: KubeObject): boolean {
  return child.kind !== 'ReplicaSet' || numberAt(child, 'spec', 'replicas') !== 0
}

export function selectedPods(world: World, service: KubeObject): Ref[] {
  const selector = at(service, 'spec', 'selector')
  if (!isRecord(selector)) return []
  return podsIn(world, service.metadata.namespace)
    .filter((pod) => matchesLabels(selector, pod.metadata.labels ?? {}))
    .map(refOf)
}

const podsByNamespace = oncePer((world: World) => Map.groupBy(world.list('Pod'), (pod) => pod.metadata.namespace ?? ''))

function podsIn(world: World, namespace: string | undefined): readonly KubeObject[] {
  return podsByNamespace(world).get(namespace ?? '') ?? []
}

export function scaleTarget(scaler: KubeObject): Ref[] {
  const target = at(scaler, 'spec', 'scaleTargetRef')
  const [kind, name] = [textAt(target, 'kind'), textAt(target, 'name')]
  if (kind === undefined || name === undefined) return []
  return [{ kind: kindId(textAt(target, 'apiVersion') ?? 'v1', kind), namespace: scaler.metadata.namespace, name }]
}

/** The Service of an APIService or a webhook. */
export function serviceOf(reference: unknown): Ref[] {
  const [namespace, name] = [textAt(reference, 'namespace'), textAt(reference, 'name')]
  return name === undefined ? [] : [{ kind: 'Service', namespace, name }]
}

export interface Backend {
  service: Ref
  port: string | number | undefined
}

/** The Services of an Ingress, each port once. */
export function ingressBackends(ingress: KubeObject): Backend[] {
  const paths = listAt(ingress, 'spec', 'rules').flatMap((rule) => listAt(rule, 'http', 'paths'))
  const backends = [at(ingress, 'spec', 'defaultBackend'), ...paths.map((path) => at(path, 'backend'))]
  const found = backends.flatMap((backend): Backend[] => {
    const name = textAt(backend, 'service', 'name')
    if (name === undefined) return []
    const port = numberAt(backend, 'service', 'port', 'number') ?? textAt(backend, 'service', 'port', 'name')
    return [{ service: { kind: 'Service', namespace: ingress.metadata.namespace, name }, port }]
  })
  return [...new Map(found.map((each) => [`${each.service.name}:${each.port ?? ''}`, each])).values()]
}

function ingressServices(ingress: KubeObject): Ref[] {
  return ingressBackends(ingress).map(({ service }) => service)
}

/** The Services of a Gateway API route. */
export function routeBackends(route: KubeObject): Backend[] {
  return listAt(route, 'spec', 'rules')
    .flatMap((rule) => listAt(rule, 'backendRefs'))
    .flatMap((backend): Backend[] => {
      const name = textAt(backend, 'name')
      if (name === undefined || (textAt(backend, 'kind') ?? 'Service') !== 'Service') return []
      const namespace = textAt(backend, 'namespace') ?? route.metadata.namespace
      return [{ service: { kind: 'Service', namespace, name }, port: numberAt(backend, 'port') }]
    })
}

function routeServices(route: KubeObject): Ref[] {
  return routeBackends(route).map(({ service }) => service)
}
