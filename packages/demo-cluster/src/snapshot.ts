/** The whole demo cluster at one moment: built from the tables, with clients' changes on top. */
import { buildCronJob } from './objects/batch'
import { buildConfigMaps, buildNamespaces, buildSecrets, buildServiceAccounts } from './objects/config'
import { buildControlled } from './objects/controlled'
import { buildControllerRevisions } from './objects/controller-revisions'
import { buildHelmSecrets } from './objects/helm'
import { buildEndpoints, buildEndpointSlices, buildIngresses, buildServices } from './objects/network'
import { buildNodeMetrics, buildPodMetrics } from './objects/metrics'
import { buildLeases, buildNodes } from './objects/nodes'
import { buildAutoscalers, buildQuotas } from './objects/policies'
import { buildClaims, buildStorageClasses, buildVolumes } from './objects/storage'
import type { Scene } from './scene'
import { State } from './state/state'
import type { Desired, Node } from './types'

export type Snapshot = ReturnType<typeof takeSnapshot>

export function takeSnapshot(scene: Scene, state: State = new State(scene.startedAt)) {
  const nodes = buildNodes(scene).map((node) => ({ ...node, ...written(state.nodes.get(node)) }))
  const namespaces = state.namespaces.over(buildNamespaces(scene))
  const controlled = buildControlled(scene, state, nodes)
  const services = state.services.over(buildServices(scene))
  const podMetrics = buildPodMetrics(scene, controlled.pods)
  const claims = state.claims.over(buildClaims(scene, state))
  const endpoints = buildEndpoints(scene, services, controlled.pods)
  return {
    ...controlled,
    controllerRevisions: buildControllerRevisions(scene, state, [...controlled.statefulSets, ...controlled.daemonSets]),
    state,
    nodes,
    podMetrics,
    nodeMetrics: buildNodeMetrics(scene, nodes, controlled.pods, podMetrics),
    leases: buildLeases(scene),
    namespaces,
    serviceAccounts: state.serviceAccounts.over(buildServiceAccounts(scene, namespaces)),
    configMaps: state.configMaps.over(buildConfigMaps(scene, namespaces)),
    secrets: state.secrets.over([...buildSecrets(scene), ...buildHelmSecrets(scene)]),
    services,
    endpoints,
    endpointSlices: buildEndpointSlices(scene, services, endpoints),
    ingresses: state.ingresses.over(buildIngresses(scene)),
    cronJobs: state.cronJobs.over([buildCronJob(scene)]),
    claims,
    autoscalers: state.autoscalers.over(buildAutoscalers(scene, { ...controlled, podMetrics })),
    quotas: state.quotas.over(buildQuotas(scene, controlled.pods, claims)),
    volumes: state.volumes.over(buildVolumes(scene, state)),
    storageClasses: state.storageClasses.over(buildStorageClasses(scene)),
  }
}

/** A written node keeps its automatic status. */
function written(node: Desired<Node> | undefined): Partial<Node> {
  return node ? { metadata: node.metadata, spec: node.spec } : {}
}
