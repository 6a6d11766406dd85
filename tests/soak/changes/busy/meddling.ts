/** Edits of an object between card and approval that make the card outdated. */
import { at, isRecord, listAt } from '../../../../shared/kubernetes/fields'
import type { KubeApi } from '../../../support/kube/kube-api'
import type { ChangeCall } from '../call'
import type { Place } from '../identity/operations'
import { configMap, create, deployment, gadget, read, record, replace } from './objects'
import type { Body, Target } from './objects'

export interface Meddling {
  name: string
  /** Exists when the change is planned; undefined: it does not exist. */
  target: (place: Place, group: string) => Target
  isAbsent?: boolean
  call: (place: Place, target: Target) => ChangeCall
  meddle: (api: KubeApi, target: Target) => Promise<void>
  /** The call is refused with this code and cannot be asked again. */
  refused?: string
}

const DATA = { level: 'info', size: '10' }
const twoData = (place: Place) => configMap(place, DATA)
const plainDeployment = (place: Place) => deployment(place)
const plainGadget = (place: Place, group: string) => gadget(place, group)

const manifestOf = ({ object }: Target, more: Body) => JSON.stringify({ ...object, ...more })

const scale = (place: Place, { resource }: Target): ChangeCall => ({
  tool: 'kubectl_scale',
  args: { resource, ...place, replicas: 3 },
})
const patch =
  (body: unknown) =>
  (place: Place, { resource }: Target): ChangeCall => ({
    tool: 'kubectl_patch',
    args: { resource, ...place, patch: body },
  })
const remove = (place: Place, { resource }: Target): ChangeCall => ({
  tool: 'kubectl_delete',
  args: { resource, ...place },
})
const apply = (_: Place, target: Target): ChangeCall => ({
  tool: 'kubectl_apply',
  args: { manifest: manifestOf(target, { data: { ...DATA, level: 'debug' } }) },
})
const label = (place: Place, { resource }: Target): ChangeCall => ({
  tool: 'kubectl_label',
  args: { resource, ...place, labels: { tier: 'web' } },
})

const merge =
  (body: object) =>
  async (api: KubeApi, { path }: Target) =>
    void (await api.send('PATCH', path, body))

const image = (value: string, index = 0) => [
  { op: 'replace', path: `/spec/template/spec/containers/${index}/image`, value },
]

/** A field that the card shows as changed gets another value. */
export const SHOWN_FIELDS: readonly Meddling[] = [
  { name: 'replicas of a Deployment', target: plainDeployment, call: scale, meddle: merge({ spec: { replicas: 2 } }) },
  { name: 'size of a custom resource', target: plainGadget, call: scale, meddle: merge({ spec: { size: 2 } }) },
  {
    name: 'a patched value of a ConfigMap',
    target: twoData,
    call: patch({ data: { level: 'debug' } }),
    meddle: merge({ data: { level: 'warn' } }),
  },
  {
    name: 'a patched value is removed',
    target: twoData,
    call: patch({ data: { level: 'debug' } }),
    meddle: merge({ data: { level: null } }),
  },
  { name: 'an applied value', target: twoData, call: apply, meddle: merge({ data: { level: 'warn' } }) },
  {
    name: 'a label',
    target: twoData,
    call: label,
    meddle: merge({ metadata: { labels: { tier: 'back' } } }),
  },
  {
    name: 'an image',
    target: plainDeployment,
    call: (place, { resource }) => ({
      tool: 'kubectl_set',
      args: { resource, ...place, container: 'web', image: 'nginx:2' },
    }),
    meddle: withContainers((containers) => containers.map((each) => ({ ...each, image: 'nginx:9' }))),
  },
  { name: 'the content of what is deleted', target: twoData, call: remove, meddle: merge({ data: { size: '11' } }) },
  {
    name: 'a patched value of a custom resource',
    target: plainGadget,
    call: patch({ spec: { mode: 'fast', limits: { burst: 9 } } }),
    meddle: merge({ spec: { limits: { burst: 7 } } }),
  },
]

/** An object appears, is replaced by an equal one, is reordered, or disappears. */
export const OTHER_OBJECTS: readonly Meddling[] = [
  {
    name: 'appears before an apply, with the same content',
    target: twoData,
    isAbsent: true,
    call: (_, target) => ({ tool: 'kubectl_apply', args: { manifest: manifestOf(target, {}) } }),
    meddle: create,
  },
  {
    name: 'appears before an apply, with other content',
    target: twoData,
    isAbsent: true,
    call: apply,
    meddle: create,
  },
  {
    name: 'appears before a create',
    target: twoData,
    isAbsent: true,
    call: (_, target) => ({ tool: 'kubectl_create', args: { manifest: manifestOf(target, {}) } }),
    meddle: create,
    refused: 'exists-in-change-it',
  },
  { name: 'is replaced before it is scaled', target: plainDeployment, call: scale, meddle: replace },
  { name: 'is replaced before it is patched', target: twoData, call: patch({ data: { level: 'x' } }), meddle: replace },
  { name: 'is replaced before an apply', target: twoData, call: apply, meddle: replace },
  { name: 'is replaced before it is labelled', target: plainGadget, call: label, meddle: replace },
  { name: 'is replaced before it is deleted', target: twoData, call: remove, meddle: replace },
  {
    name: 'is reordered before a patch by index',
    target: plainDeployment,
    call: patch(image('nginx:2')),
    meddle: withContainers((containers) => containers.reverse()),
  },
  {
    name: 'has another first element before a patch by index',
    target: plainDeployment,
    call: patch(image('nginx:2', 1)),
    meddle: withContainers(([first, ...others]) => [{ name: 'new', image: 'busybox:9' }, first ?? {}, ...others]),
  },
  {
    name: 'goes before it is patched',
    target: twoData,
    call: patch({ data: { level: 'x' } }),
    meddle: async (api, { path }) => void (await api.send('DELETE', path)),
    refused: 'object-missing-in',
  },
]

/** Rewrites the object with changed containers. */
function withContainers(change: (containers: Body[]) => Body[]): Meddling['meddle'] {
  return async (api, target) => {
    const now = await read(api, target)
    const containers = change(listAt(now, 'spec', 'template', 'spec', 'containers').filter(isRecord))
    const spec = record(at(now, 'spec'))
    const template = record(spec.template)
    const pods = { ...template, spec: { ...record(template.spec), containers } }
    await api.send('PUT', target.path, { ...now, spec: { ...spec, template: pods } })
  }
}
