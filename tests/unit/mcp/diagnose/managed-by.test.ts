/** Twelve ownerships, and objects that only look owned. */
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { keeperOf } from '../../../../mcp/diagnose/managed-by'
import { refOf } from '../../../../mcp/diagnose/ref'
import { World } from '../../../../mcp/diagnose/world/world'
import { toObject } from '../../../../mcp/kubernetes/list/paging'

const read = (text: string) => z.array(z.unknown()).parse(parse(text)).map(toObject)

/** The last object is asked about. */
function worldOf(text: string): World {
  const objects = read(text)
  const byKind = Map.groupBy(objects, (object) => refOf(object).kind)
  return new World({ now: Date.now(), objects: byKind, events: [] })
}

async function ask(text: string) {
  const last = read(text).at(-1)
  const keeper = last && (await keeperOf(worldOf(text), refOf(last)))
  return keeper && { manager: keeper.manager.text, place: keeper.place?.text }
}

const web = (metadata: string, more = '') =>
  `- {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop, ${metadata}}, spec: {replicas: 2}${more}}`

const OWNED: Record<string, [objects: string, manager: RegExp, place: RegExp]> = {
  'an Argo CD application, with its repository': [
    `- {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: shop, namespace: argocd}, spec: {source: {repoURL: "https://git.example.com/shop.git", path: apps/shop}}}
${web('annotations: {argocd.argoproj.io/tracking-id: "shop:apps/Deployment:shop/web"}')}`,
    /^Argo CD application shop$/,
    /git\.example\.com\/shop\.git.*apps\/shop/,
  ],
  'a Flux Kustomization, with its repository': [
    `- {apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {name: fleet, namespace: flux}, spec: {url: "https://git.example.com/fleet.git"}}
- {apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: apps, namespace: flux}, spec: {path: ./apps, sourceRef: {kind: GitRepository, name: fleet}}}
${web('labels: {kustomize.toolkit.fluxcd.io/name: apps, kustomize.toolkit.fluxcd.io/namespace: flux}')}`,
    /^Flux Kustomization apps$/,
    /git\.example\.com\/fleet\.git.*apps/,
  ],
  'a Flux HelmRelease': [
    web('labels: {helm.toolkit.fluxcd.io/name: shop, helm.toolkit.fluxcd.io/namespace: flux}'),
    /^Flux HelmRelease shop$/,
    /values/,
  ],
  'a Fleet bundle': [
    web('annotations: {objectset.rio.cattle.io/id: shop-bundle}'),
    /^Fleet bundle shop-bundle$/,
    /Git/,
  ],
  'a Helm release': [
    web('annotations: {meta.helm.sh/release-name: shop, meta.helm.sh/release-namespace: shop}'),
    /^Helm release shop$/,
    /values|chart/,
  ],
  'a Helm release, seen from a pod': [
    `${web('annotations: {meta.helm.sh/release-name: shop}')}
- {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-1, namespace: shop, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, controller: true}]}}
- {apiVersion: v1, kind: Pod, metadata: {name: web-1-a, namespace: shop, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, controller: true}]}}`,
    /^Helm release shop$/,
    /values|chart/,
  ],
  "an operator's resource": [
    `- {apiVersion: postgresql.example.com/v1, kind: Cluster, metadata: {name: db, namespace: shop}, spec: {}}
- {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: shop, ownerReferences: [{apiVersion: postgresql.example.com/v1, kind: Cluster, name: db, controller: true}]}, spec: {replicas: 1}}
- {apiVersion: v1, kind: Pod, metadata: {name: db-0, namespace: shop, ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: db, controller: true}]}}`,
    /Cluster db/,
    /Cluster db/,
  ],
  "Rancher's controller": [
    web(
      'annotations: {objectset.rio.cattle.io/owner-gvk: "management.cattle.io/v3, Kind=Project", objectset.rio.cattle.io/owner-name: p-1}',
    ),
    /Rancher/,
    /Project p-1/,
  ],
  'the Operator Lifecycle Manager': [
    web('labels: {olm.owner: etcd.v1, olm.owner.kind: ClusterServiceVersion}'),
    /ClusterServiceVersion etcd\.v1/,
    /etcd\.v1/,
  ],
  'a k3s add-on': [
    web(
      'annotations: {objectset.rio.cattle.io/owner-gvk: "k3s.cattle.io/v1, Kind=Addon", objectset.rio.cattle.io/owner-name: coredns}',
    ),
    /coredns/,
    /coredns/,
  ],
  'Config Sync': [web('annotations: {configmanagement.gke.io/managed: enabled}'), /^Config Sync$/, /Git/],
  'a Kustomization before the Helm release that it also has': [
    web(
      'labels: {kustomize.toolkit.fluxcd.io/name: apps, kustomize.toolkit.fluxcd.io/namespace: flux}, annotations: {meta.helm.sh/release-name: shop}',
    ),
    /^Flux Kustomization apps$/,
    /Git/,
  ],
}

const FREE: Record<string, string> = {
  'the label managed-by: Helm alone': web('labels: {app.kubernetes.io/managed-by: Helm}'),
  'the label instance of a chart': web('labels: {app.kubernetes.io/instance: shop}'),
  "a copied tracking id of another object's": web(
    'annotations: {argocd.argoproj.io/tracking-id: "shop:apps/Deployment:shop/api"}',
  ),
  'a hook of a release': web('annotations: {helm.sh/hook: pre-install, meta.helm.sh/release-name: shop}'),
  'an owner reference that controls nothing': web(
    'ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: settings}]',
  ),
  'a name like that of a tool': web('labels: {app: argocd-server, team: flux, fleet: eu}'),
}

describe('the owner of a finding', () => {
  it.each(Object.entries(OWNED))('is %s', async (_, [objects, manager, place]) => {
    const found = await ask(objects)
    expect(found?.manager).toMatch(manager)
    expect(found?.place).toMatch(place)
  })

  it.each(Object.entries(FREE))('is nobody for %s', async (_, objects) => {
    expect(await ask(objects)).toBeUndefined()
  })
})
