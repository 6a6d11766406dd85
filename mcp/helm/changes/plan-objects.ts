/** Objects on the card without a dry run: the release, its hooks, and kinds that the chart itself defines. */
import { msg } from '../../../shared/messages/create'
import type { PlannedObject } from '../../../shared/changes/change'
import { objectDiff } from '../../changes/diff'
import { fieldChanges } from '../../changes/field-changes'
import type { KubeObject } from '../../kubernetes/types'
import { maskValues } from '../mask-values'
import { chartName } from '../release'
import type { Release, ReleaseHook } from '../release'
import { objectsIn } from './manifest'
import type { HelmVerb, Prepared } from './prepare'
import { releaseNotes } from './plan-notes'
import { masked } from './rehearsal'

const RELEASE_VERBS: Record<HelmVerb, PlannedObject['verb']> = {
  install: 'create',
  upgrade: 'update',
  rollback: 'update',
  uninstall: 'delete',
}

/** The release's chart and values, as an object of a pseudo-kind. */
export function releaseObject(prepared: Prepared): PlannedObject {
  const { verb, state, before, after, secrets } = prepared
  const { name, namespace, newest } = state
  const [old, next] = [before, after].map((release) => release && contentOf(name, release))
  const mask = ({ chart, values }: KubeObject) => ({ chart, values: maskValues(values, secrets) })
  return {
    verb: RELEASE_VERBS[verb],
    apiVersion: 'helm.sh/v1',
    kind: 'HelmRelease',
    name,
    namespace,
    ...(newest?.uid !== undefined && { uid: newest.uid }),
    diff: objectDiff(old, next, old && next ? fieldChanges(old, next) : [], mask),
    assigned: [],
    notes: releaseNotes(prepared),
  }
}

function contentOf(name: string, release: Pick<Release, 'config' | 'chart'>): KubeObject {
  return { metadata: { name }, chart: chartName(release), values: release.config }
}

export function definitionObject(object: KubeObject): PlannedObject {
  return {
    verb: 'create',
    apiVersion: object.apiVersion ?? '',
    kind: object.kind ?? '',
    name: object.metadata.name,
    diff: objectDiff(undefined, object),
    assigned: [],
    notes: [msg('helm-crd')],
  }
}

export function hookObjects({ hooks, state, secrets }: Prepared): PlannedObject[] {
  return hooks.flatMap((hook) =>
    objectsIn(hook.manifest).map((object) => hookObject(hook, object, state.namespace, secrets)),
  )
}

function hookObject(hook: ReleaseHook, object: KubeObject, release: string, secrets: readonly string[]): PlannedObject {
  const { name, namespace = release } = object.metadata
  const params = { events: hook.events.join(', ') }
  const isRemoved = hook.delete_policies.includes('hook-succeeded')
  return {
    verb: 'create',
    apiVersion: object.apiVersion ?? '',
    kind: object.kind ?? '',
    name,
    namespace,
    diff: objectDiff(undefined, object, [], (each) => masked(each, secrets)),
    assigned: [],
    notes: [isRemoved ? msg('helm-hook-removed', params) : msg('helm-hook', params)],
  }
}
