/** Builds the plan of a Helm change and the digest that binds its approval. */
import { factsOf } from '../../changes/consequences'
import { planDigest } from '../../changes/digest'
import type { WriteContext } from '../../changes/types'
import type { ResultNote } from '../../../shared/result'
import { checkRules } from '../../kubernetes/rules'
import type { ApiResource, ReadRules } from '../../kubernetes/types'
import { helmCommand } from './command'
import { resourceOf } from './operation'
import { definitionObject, hookObjects, releaseObject } from './plan-objects'
import { planNotes, titleOf } from './plan-notes'
import type { Prepared } from './prepare'
import type { TriedWrite } from './rehearsal'
import type { HelmPlan } from './types'

/** The writes that create, change or delete an object. */
export function changedWrites({ tried }: Pick<Prepared, 'tried'>): TriedWrite[] {
  return tried.filter(({ prepared: { changes }, write }) => write.verb !== 'update' || changes.length > 0)
}

/** @throws KubeError `denied-by-operator` for kinds and namespaces that the operator excludes */
export async function planOf(
  prepared: Prepared,
  { cluster, signal }: WriteContext,
  helmMajor: number,
): Promise<HelmPlan> {
  const { verb, state, crds, tried } = prepared
  const changed = changedWrites(prepared)
  const objects = [
    releaseObject(prepared),
    ...crds.map(definitionObject),
    ...changed.map((each) => each.prepared.planned),
    ...hookObjects(prepared),
  ]
  for (const { write, prepared: each } of tried)
    checkAllowed(cluster.rules, each.operation.resource, write.target.namespace, write.name)
  for (const { apiVersion, kind, namespace, name } of objects.slice(1))
    checkAllowed(cluster.rules, guessed(apiVersion, kind, namespace), namespace, name)
  const [ref, facts] = await Promise.all([
    cluster.identity(signal),
    factsOf(
      changed.map((each) => each.prepared),
      cluster,
      signal,
    ),
  ])
  const notes = new Map(changed.map((each, index) => [each.prepared.planned, facts.objects[index] ?? []]))
  const removed = changed.filter(({ write }) => write.verb === 'delete').length
  return {
    title: titleOf(prepared, ref.name),
    arguments: prepared.arguments,
    objects: objects.map((object) => ({
      ...object,
      notes: [...object.notes, ...(notes.get(object) ?? []).filter((note) => !isOwnRelease(note, state.name))],
    })),
    notes: planNotes(prepared, tried.length - changed.length),
    ...((verb === 'uninstall' || removed > 1) && { confirm: state.name }),
    command: helmCommand(prepared, helmMajor, ref),
    digest: digestOf(prepared, changed),
  }
}

/** The card already says that the objects belong to this release. */
function isOwnRelease({ code, params, text }: ResultNote, release: string): boolean {
  return (
    (/^helm-(?:update|delete)$/.test(code) && params.release === release) ||
    text.endsWith(`of Helm release ${release}.`)
  )
}

/** A chart may contain Secrets: their values come from the chart, never from a model. */
function checkAllowed(rules: ReadRules, resource: ApiResource, namespace: string | undefined, name: string): void {
  const isSecret = resource.group === '' && resource.kind === 'Secret'
  const deniedKinds = isSecret
    ? new Set([...rules.deniedKinds].filter((each) => !/^secrets?\b/.test(each)))
    : rules.deniedKinds
  checkRules({ ...rules, deniedKinds }, resource, namespace, name)
}

/** The resource of an object without a dry run; the rules also match singular names. */
function guessed(apiVersion: string, kind: string, namespace: string | undefined): ApiResource {
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
  const plural = `${kind.toLowerCase()}s`
  return resourceOf({ group, version, plural, ...(namespace !== undefined && { namespace }) }, kind)
}

/** Covers everything that the user saw and that the plan is bound to. */
function digestOf(prepared: Prepared, changed: readonly TriedWrite[]): string {
  const { verb, state, after, chartDigest, target, hooks, crds } = prepared
  const { revision, uid, status } = state.newest ?? {}
  const release = JSON.stringify({
    ...{ verb, name: state.name, namespace: state.namespace, revision, uid, status },
    ...{ chart: chartDigest, target, values: after?.config },
    hooks: hooks.map((hook) => [hook.kind, hook.name, hook.events]),
    crds: crds.map((each) => each.metadata.name),
  })
  // Helm writes objects of one kind in parallel, so their order is random.
  return planDigest([release, ...changed.map((each) => each.prepared.digest).sort()])
}
