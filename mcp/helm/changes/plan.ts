/** Makes the plan of a Helm change: what a person reads, and the digest that binds it. */
import { createHash } from 'node:crypto'
import type { PlannedObject } from '../../../shared/change'
import type { ResultNote } from '../../../shared/result'
import { counted, fact } from '../../changes/managers/fact'
import type { WriteContext } from '../../changes/types'
import { checkRules } from '../../kubernetes/rules'
import type { ApiResource, KubeObject, ReadRules } from '../../kubernetes/types'
import { maskText } from '../mask-values'
import { chartName } from '../release'
import type { ReleaseHook } from '../release'
import { fieldChanges, leaves } from './fields'
import { objectsIn, releaseText } from './prepare'
import type { HelmVerb, ManifestObject, Prepared } from './prepare'
import { masked, takenOver } from './rehearsal'
import type { TriedWrite } from './rehearsal'
import type { HelmPlan } from './types'
import { yamlDiff } from './yaml-diff'

/** @throws KubeError `denied-by-operator` for kinds and namespaces that the operator excludes */
export async function planOf(prepared: Prepared, { cluster, signal }: WriteContext): Promise<HelmPlan> {
  const { verb, state, tried, hooks, crds, secrets } = prepared
  const { name: clusterName } = await cluster.identity(signal)
  const changed = tried.filter((each) => each.diff !== '' || each.changes.length > 0 || each.write.verb !== 'update')
  const hookObjects = hooks.flatMap((hook) => objectsIn(hook.manifest).map((object) => ({ hook, object })))
  const objects = [
    releaseObject(prepared),
    ...crds.map((object) => plannedDefinition(object)),
    ...changed.map((each) => plannedWrite(each)),
    ...hookObjects.map(({ hook, object }) => plannedHook(hook, object, state.namespace, secrets)),
  ]
  for (const { write, kind } of changed) checkWrite(cluster.rules, write.target, kind, write.name)
  for (const { kind, apiVersion, namespace, name } of objects.slice(1))
    checkWrite(cluster.rules, { ...groupOf(apiVersion), plural: `${kind.toLowerCase()}s`, namespace }, kind, name)
  const removed = changed.filter(({ write }) => write.verb === 'delete').length
  return {
    title: titleOf(prepared, clusterName),
    arguments: prepared.arguments,
    objects,
    notes: [
      ...prepared.notes,
      ...unchangedNote(tried.length - changed.length),
      ...keptNotes(prepared.kept),
      ...lastNotes(prepared),
    ],
    ...((verb === 'uninstall' || removed > 1) && { confirm: state.name }),
    digest: digestOf(prepared, changed),
  }
}

type Target = Pick<ApiResource, 'group' | 'version' | 'plural'> & { namespace?: string | undefined }

/** A chart may bring Secrets of its own: their values are the chart's, never a model's. */
function checkWrite(rules: ReadRules, target: Target, kind: string, name: string): void {
  if (target.group === '' && kind === 'Secret') {
    const deniedKinds = new Set([...rules.deniedKinds].filter((each) => !/^secrets?\b/.test(each)))
    return checkRules({ ...rules, deniedKinds }, resource(target, kind), target.namespace, name)
  }
  checkRules(rules, resource(target, kind), target.namespace, name)
}

function resource({ group, version, plural, namespace }: Target, kind: string): ApiResource {
  const common = { group, version, plural, kind, shortNames: [], verbs: [] }
  return { ...common, singular: kind.toLowerCase(), namespaced: namespace !== undefined }
}

function groupOf(apiVersion: string): { group: string; version: string } {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
  return { group: group ?? '', version: version ?? '' }
}

function titleOf({ verb, state, before, after, target }: Prepared, cluster: string): ResultNote {
  const { name, namespace } = state
  const params = { name, namespace, cluster }
  const chart = after ? chartName(after) : ''
  switch (verb) {
    case 'install':
      return fact('change-helm-install', 'Install Helm release {name} in {namespace} on {cluster}: chart {chart}', {
        ...params,
        chart,
      })
    case 'upgrade': {
      const from = before ? chartName(before) : ''
      return from === chart
        ? fact('change-helm-upgrade', 'Upgrade Helm release {name} in {namespace} on {cluster}', params)
        : fact(
            'change-helm-upgrade-chart',
            'Upgrade Helm release {name} in {namespace} on {cluster}: {from} → {chart}',
            { ...params, from, chart },
          )
    }
    case 'rollback':
      return fact(
        'change-helm-rollback',
        'Roll back Helm release {name} in {namespace} on {cluster}: revision {from} → {target}',
        {
          ...params,
          from: state.newest?.revision ?? 0,
          target: target ?? 0,
        },
      )
    case 'uninstall':
      return fact('change-helm-uninstall', 'Uninstall Helm release {name} in {namespace} on {cluster}', params)
  }
}

const RELEASE_VERBS: Record<HelmVerb, PlannedObject['verb']> = {
  install: 'create',
  upgrade: 'update',
  rollback: 'update',
  uninstall: 'delete',
}

function releaseObject(prepared: Prepared): PlannedObject {
  const { verb, state, before, after, secrets, target } = prepared
  const { name, namespace, newest } = state
  const [old, next] = [before, after].map((release) => release && releaseText(release, secrets))
  const changes = before && after ? fieldChanges(before.config, after.config) : []
  const visible = new Set(fieldChanges(old, next).map(({ path }) => path.replace(/^values\.?/, '')))
  const hidden = changes.map(({ path }) => path).filter((path) => !visible.has(path))
  return {
    verb: RELEASE_VERBS[verb],
    apiVersion: 'helm.sh/v1',
    kind: 'HelmRelease',
    name,
    namespace,
    ...(newest?.uid !== undefined && { uid: newest.uid }),
    diff: yamlDiff(old, next),
    assigned: [],
    notes: [
      ...(verb === 'upgrade' ? keptValues(prepared) : []),
      ...(verb === 'rollback' && target !== undefined
        ? [fact('helm-rollback-values', 'The values become those of revision {target}.', { target })]
        : []),
      ...hiddenNote(hidden),
      ...stateNote(prepared),
    ],
  }
}

/** What an upgrade keeps of the release's own values; Helm by itself would drop them. */
function keptValues({ before, after }: Prepared): ResultNote[] {
  if (!before || !after) return []
  const [old, next] = [leaves(before.config), leaves(after.config)]
  const kept = [...old.keys()].filter((path) => next.has(path) && next.get(path) === old.get(path)).length
  if (kept === 0) return []
  const text =
    kept === 1
      ? 'The other value of the release stays as it is.'
      : 'The other {kept} values of the release stay as they are.'
  return [fact('helm-values-kept', text, { kept })]
}

function stateNote({ state }: Prepared): ResultNote[] {
  const { newest, revisions } = state
  if (!newest || newest.status === 'deployed') return []
  const deployed = revisions.find((each) => each.status === 'deployed')
  const { revision, status } = newest
  return deployed
    ? [
        fact('helm-state-deployed', 'Revision {revision} is {status}; revision {deployed} is deployed.', {
          revision,
          status,
          deployed: deployed.revision,
        }),
      ]
    : [fact('helm-state', 'Revision {revision} is {status}.', { revision, status })]
}

function plannedWrite({ write, apiVersion, kind, diff, assigned, hidden }: TriedWrite): PlannedObject {
  const { verb, name, target, live, conflicts } = write
  return {
    verb,
    apiVersion,
    kind,
    name,
    ...(target.namespace !== undefined && { namespace: target.namespace }),
    ...(live?.metadata.uid !== undefined && { uid: live.metadata.uid }),
    diff,
    assigned,
    notes: [
      ...takenOver(conflicts).map(({ manager, fields }) =>
        fact('fields-taken-over', 'Takes over from {manager}: {fields}.', { manager, fields: fields.join(', ') }),
      ),
      ...hiddenNote(hidden),
      ...(kind === 'Secret' && verb !== 'delete'
        ? [fact('helm-chart-secret', 'The chart makes this Secret; its values are hidden.')]
        : []),
      ...finalizerNote(write.verb, live),
    ],
  }
}

function hiddenNote(paths: readonly string[]): ResultNote[] {
  if (paths.length === 0) return []
  return [fact('hidden-changes', 'Hidden values change: {fields}.', { fields: paths.join(', ') })]
}

function finalizerNote(verb: PlannedObject['verb'], live: KubeObject | undefined): ResultNote[] {
  const finalizers = live?.metadata.finalizers ?? []
  if (verb !== 'delete' || finalizers.length === 0) return []
  return [fact('waits-for-finalizer', 'It stays until {finalizers} lets it go.', { finalizers: finalizers.join(', ') })]
}

function plannedDefinition(object: KubeObject): PlannedObject {
  const { name } = object.metadata
  return {
    verb: 'create',
    apiVersion: object.apiVersion ?? '',
    kind: object.kind ?? '',
    name,
    diff: yamlDiff(undefined, object),
    assigned: [],
    notes: [fact('helm-crd', 'Helm neither upgrades nor removes this definition later.')],
  }
}

function plannedHook(
  hook: ReleaseHook,
  object: ManifestObject,
  release: string,
  secrets: readonly string[],
): PlannedObject {
  const { apiVersion, kind, metadata } = object
  const { name, namespace = release } = metadata
  const params = { events: hook.events.join(', ') }
  const goes = hook.delete_policies.includes('hook-succeeded')
    ? 'A hook ({events}): it is created for this change and removed when it has succeeded.'
    : 'A hook ({events}): it is created for this change and stays.'
  return {
    verb: 'create',
    apiVersion,
    kind,
    name,
    namespace,
    diff: yamlDiff(
      undefined,
      masked({ ...object, metadata: { ...metadata, annotations: metadata.annotations ?? undefined } }, secrets),
    ),
    assigned: [],
    notes: [fact('helm-hook', goes, params)],
  }
}

function unchangedNote(count: number): ResultNote[] {
  if (count === 0) return []
  const text = count === 1 ? '{objects} of the release stays as it is.' : '{objects} of the release stay as they are.'
  return [fact('helm-unchanged', text, { objects: counted(count, 'object'), count })]
}

function keptNotes(kept: readonly KubeObject[]): ResultNote[] {
  return kept.map(({ kind = '', metadata: { name } }) =>
    fact('helm-kept', '{kind} {name} stays: the chart says so (helm.sh/resource-policy: keep).', { kind, name }),
  )
}

function lastNotes({ verb, tried, state, secrets, before }: Prepared): ResultNote[] {
  if (verb !== 'uninstall') return []
  const gone = tried.filter(({ write }) => write.verb === 'delete').length
  const values = before && leaves(before.config).size > 0
  return [
    fact('helm-uninstall-scope', 'Deletes {objects} and the history of the release.', {
      objects: counted(gone, 'object'),
      count: gone,
    }),
    fact(
      'helm-uninstall-final',
      maskText(`It cannot be undone${values ? ': the values above are lost with it' : ''}.`, secrets),
      { name: state.name },
    ),
    fact('helm-uninstall-claims', 'PersistentVolumeClaims of StatefulSets are not part of the release and stay.'),
  ]
}

/** Over what the person saw, and what it is bound to. */
function digestOf(prepared: Prepared, changed: readonly TriedWrite[]): string {
  const { verb, state, after, chartDigest, target, hooks, crds } = prepared
  const bound = {
    verb,
    name: state.name,
    namespace: state.namespace,
    revision: state.newest && [state.newest.revision, state.newest.uid, state.newest.status],
    chart: chartDigest,
    target,
    values: after?.config,
    // Helm writes objects of one kind at the same time: their order says nothing.
    objects: inOrder(changed).map(({ write, changes, assigned }) => ({
      key: write.key,
      verb: write.verb,
      uid: write.live?.metadata.uid,
      changes: changes.map((each) => [each.path, each.before, each.after]),
      assigned,
      takenOver: write.conflicts,
    })),
    hooks: hooks.map((hook) => [hook.kind, hook.name, hook.events]),
    crds: crds.map((each) => each.metadata.name),
  }
  return createHash('sha256').update(canonical(bound)).digest('hex')
}

function inOrder(tried: readonly TriedWrite[]): TriedWrite[] {
  return [...tried].sort((a, b) => (a.write.key < b.write.key ? -1 : 1))
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}
