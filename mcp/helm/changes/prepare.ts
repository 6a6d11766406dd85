/** Reads and dry-runs a Helm change: the data for its plan and its run. */
import { msg } from '../../../shared/messages/create'
import type { WriteArguments, WriteContext } from '../../changes/types'
import { KubeError } from '../../kubernetes/errors/errors'
import type { KubeObject } from '../../kubernetes/types'
import type { ResultNote } from '../../../shared/result'
import { secretsIn } from '../mask-values'
import type { Release, ReleaseHook } from '../release'
import { readRevision } from '../storage'
import type { HelmArguments } from './arguments'
import { fetchChart } from './chart'
import { chartOfRelease } from './chart-of-release'
import { keptObjects, newDefinitions } from './manifest'
import { tryChange } from './rehearsal'
import type { TriedWrite } from './rehearsal'
import { existingRelease, noRelease, releaseOf, rollbackTarget } from './release-state'
import type { ReleaseState } from './release-state'
import { render, usesTime } from './render'
import type { HelmSession } from './session'

export type HelmVerb = 'install' | 'upgrade' | 'rollback' | 'uninstall'

export interface Prepared {
  verb: HelmVerb
  state: ReleaseState
  /** Parsed and completed with defaults. */
  arguments: WriteArguments
  /** Helm's arguments, with hooks. */
  command: readonly string[]
  before: Release | undefined
  /** Absent for uninstall. */
  after: Pick<Release, 'config' | 'chart' | 'hooks' | 'manifest'> | undefined
  /** Over the chart's files; absent if Helm takes the chart from its record. */
  chartDigest: string | undefined
  /** How a person names the chart to their own helm; none for rollback and uninstall. */
  chartWords: readonly string[]
  /** The target revision of a rollback. */
  target?: number
  tried: TriedWrite[]
  hooks: ReleaseHook[]
  /** Objects of the chart's `crds` folder that do not exist yet. */
  crds: KubeObject[]
  /** Objects that an annotation keeps in the cluster after they leave the release. */
  kept: KubeObject[]
  /** Credentials found in the values. */
  secrets: string[]
  notes: ResultNote[]
}

const HOOK_TIMEOUT = ['--timeout', '5m']
const TRY_TIMEOUT = ['--timeout', '60s', '--no-hooks']

/** @throws KubeError */
export async function prepare(
  verb: HelmVerb,
  args: HelmArguments,
  session: HelmSession,
  context: WriteContext,
): Promise<Prepared> {
  switch (verb) {
    case 'install':
      return await prepareInstall(args, session, context)
    case 'upgrade':
      return await prepareUpgrade(args, session, context)
    case 'rollback':
      return await prepareRollback(args, session, context)
    case 'uninstall':
      return await prepareUninstall(args, session, context)
  }
}

async function prepareInstall(args: HelmArguments, session: HelmSession, context: WriteContext): Promise<Prepared> {
  const state = await noRelease(args, context)
  const { name, namespace } = state
  const chart = await fetchChart(session, args)
  const values = await session.values(args.values ?? {})
  const command = ['install', name, chart.path, '--namespace', namespace, '--values', values]
  const after = await render(session, command)
  const secrets = secretsIn(after.config, after.chart.values)
  const tried = await tryChange(session, [...command, '--skip-crds', ...TRY_TIMEOUT], state, {
    secrets,
    usesTime: usesTime(after),
  })
  return {
    verb: 'install',
    state,
    arguments: { ...args, namespace },
    command: [...command, ...HOOK_TIMEOUT],
    before: undefined,
    after,
    chartDigest: chart.digest,
    chartWords: chart.words,
    tried,
    hooks: hooksOf(after, ['pre-install', 'post-install']),
    crds: await newDefinitions(session, chart.path, context),
    kept: [],
    secrets,
    notes: [msg('helm-chart-from', { from: chart.from })],
  }
}

async function prepareUpgrade(args: HelmArguments, session: HelmSession, context: WriteContext): Promise<Prepared> {
  const state = await existingRelease(args, context)
  useStorage(session, state)
  const { name, namespace } = state
  const before = await releaseOf(state, context)
  if (args.chart === undefined && (args.repo !== undefined || args.version !== undefined))
    throw new KubeError('invalid-arguments', msg('chart-incomplete'), { missing: 'chart' })
  const isOwn = args.chart === undefined
  const chart = isOwn ? await chartOfRelease(session, before) : await fetchChart(session, args)
  const values = await session.values(args.values ?? {})
  const command = [
    ...['upgrade', name, chart.path, '--namespace', namespace, '--values', values, '--reset-then-reuse-values'],
  ]
  const after = await render(session, command)
  const secrets = secretsIn(before.config, before.chart.values, after.config, after.chart.values)
  const tried = await tryChange(session, [...command, '--skip-crds', ...TRY_TIMEOUT], state, {
    secrets,
    usesTime: usesTime(after),
  })
  return {
    verb: 'upgrade',
    state,
    arguments: { ...args, namespace },
    command: [...command, '--skip-crds', ...HOOK_TIMEOUT],
    before,
    after,
    chartDigest: chart.digest,
    chartWords: chart.words,
    tried,
    hooks: hooksOf(after, ['pre-upgrade', 'post-upgrade']),
    crds: [],
    kept: keptObjects(before.manifest, after.manifest),
    secrets,
    notes: [isOwn ? msg('helm-chart-own', { chart: chart.from }) : msg('helm-chart-from', { from: chart.from })],
  }
}

async function prepareRollback(args: HelmArguments, session: HelmSession, context: WriteContext): Promise<Prepared> {
  // A rollback is the way to recover from an interrupted operation.
  const state = await existingRelease(args, context, true)
  useStorage(session, state)
  const { name, namespace } = state
  const target = rollbackTarget(state, args.revision)
  const [before, after] = await Promise.all([
    releaseOf(state, context),
    readRevision(context.cluster, target, context.signal),
  ])
  const secrets = secretsIn(before.config, before.chart.values, after.config, after.chart.values)
  const command = ['rollback', name, String(target.revision), '--namespace', namespace]
  const tried = await tryChange(session, [...command, ...TRY_TIMEOUT], state, { secrets, usesTime: false })
  return {
    verb: 'rollback',
    state,
    arguments: { ...args, namespace, revision: target.revision },
    command: [...command, ...HOOK_TIMEOUT],
    before,
    after,
    chartDigest: undefined,
    chartWords: [],
    target: target.revision,
    tried,
    hooks: hooksOf(after, ['pre-rollback', 'post-rollback']),
    crds: [],
    kept: keptObjects(before.manifest, after.manifest),
    secrets,
    notes: [],
  }
}

async function prepareUninstall(args: HelmArguments, session: HelmSession, context: WriteContext): Promise<Prepared> {
  const state = await existingRelease(args, context, true)
  useStorage(session, state)
  const { name, namespace } = state
  const before = await releaseOf(state, context)
  const secrets = secretsIn(before.config, before.chart.values)
  const command = ['uninstall', name, '--namespace', namespace]
  const tried = await tryChange(session, [...command, ...TRY_TIMEOUT], state, { secrets, usesTime: false })
  return {
    verb: 'uninstall',
    state,
    arguments: { ...args, namespace },
    command: [...command, ...HOOK_TIMEOUT],
    before,
    after: undefined,
    chartDigest: undefined,
    chartWords: [],
    tried,
    hooks: hooksOf(before, ['pre-delete', 'post-delete']),
    crds: [],
    kept: keptObjects(before.manifest, ''),
    secrets,
    notes: [],
  }
}

/** Releases stored in ConfigMaps stay in ConfigMaps. */
function useStorage(session: HelmSession, { newest }: ReleaseState): void {
  session.driver = newest?.storage === 'configmaps' ? 'configmap' : 'secret'
}

function hooksOf({ hooks }: Pick<Release, 'hooks'>, events: readonly string[]): ReleaseHook[] {
  return hooks.filter((hook) => hook.events.some((event) => events.includes(event)))
}
