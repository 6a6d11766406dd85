/** The notes of a Helm plan. */
import { msg } from '../../../shared/messages/create'
import { isDeepStrictEqual } from 'node:util'
import type { ResultNote } from '../../../shared/result'
import { chartName } from '../release'
import { leaves } from './fields'
import type { Prepared } from './prepare'

/** `Upgrade Helm release web in shop on staging`. */
export function titleOf({ verb, state, before, after, target = 0 }: Prepared, cluster: string): ResultNote {
  const params = { name: state.name, namespace: state.namespace, cluster }
  const chart = after ? chartName(after) : ''
  switch (verb) {
    case 'install':
      return msg('change-helm-install', { ...params, chart })
    case 'upgrade': {
      const from = before ? chartName(before) : ''
      if (from === chart) return msg('change-helm-upgrade', params)
      return msg('change-helm-upgrade-chart', { ...params, from, chart })
    }
    case 'rollback': {
      const from = state.newest?.revision ?? 0
      return msg('change-helm-rollback', { ...params, from, target })
    }
    case 'uninstall':
      return msg('change-helm-uninstall', params)
  }
}

export function releaseNotes(prepared: Prepared): ResultNote[] {
  const { verb, target = 0, state, revisions } = { ...prepared, revisions: prepared.state.revisions }
  const notes = verb === 'upgrade' ? keptValues(prepared) : []
  if (verb === 'rollback') notes.push(msg('helm-rollback-values', { target }))
  const { newest } = state
  if (!newest || newest.status === 'deployed') return notes
  const { revision, status } = newest
  const deployed = revisions.find((each) => each.status === 'deployed')?.revision
  return deployed === undefined
    ? [...notes, msg('helm-state', { revision, status })]
    : [...notes, msg('helm-state-deployed', { revision, status, deployed })]
}

/** An upgrade keeps the release's own values, which Helm alone would drop. */
function keptValues({ before, after }: Prepared): ResultNote[] {
  if (!before || !after) return []
  const [old, next] = [leaves(before.config), leaves(after.config)]
  const kept = [...old].filter(([path, value]) => next.has(path) && isDeepStrictEqual(next.get(path), value)).length
  if (kept === 0) return []
  return [msg('helm-values-kept', { n: kept })]
}

/** @param unchanged number of the release's objects that do not change */
export function planNotes(prepared: Prepared, unchanged: number): ResultNote[] {
  const { notes, kept, verb } = prepared
  return [
    ...notes,
    ...unchangedNote(unchanged),
    ...kept.map(({ kind = '', metadata: { name } }) => msg('helm-kept', { kind, name })),
    ...(verb === 'uninstall' ? uninstallNotes(prepared) : []),
  ]
}

function unchangedNote(count: number): ResultNote[] {
  if (count === 0) return []
  return [msg('helm-unchanged', { n: count })]
}

function uninstallNotes({ tried }: Prepared): ResultNote[] {
  const count = tried.filter(({ write }) => write.verb === 'delete').length
  return [
    msg('helm-uninstall-scope', {
      objects: msg('objects', { n: count }),
    }),
    msg('helm-uninstall-final'),
  ]
}
