/** The notes of a Helm plan. */
import { isDeepStrictEqual } from 'node:util'
import type { ResultNote } from '../../../shared/result'
import { counted, fact } from '../../changes/managers/fact'
import { chartName } from '../release'
import { leaves } from './fields'
import type { Prepared } from './prepare'

/** `Upgrade Helm release web in shop on staging`. */
export function titleOf({ verb, state, before, after, target = 0 }: Prepared, cluster: string): ResultNote {
  const params = { name: state.name, namespace: state.namespace, cluster }
  const where = 'Helm release {name} in {namespace} on {cluster}'
  const chart = after ? chartName(after) : ''
  switch (verb) {
    case 'install':
      return fact('change-helm-install', `Install ${where}: chart {chart}`, { ...params, chart })
    case 'upgrade': {
      const from = before ? chartName(before) : ''
      if (from === chart) return fact('change-helm-upgrade', `Upgrade ${where}`, params)
      return fact('change-helm-upgrade-chart', `Upgrade ${where}: {from} → {chart}`, { ...params, from, chart })
    }
    case 'rollback': {
      const from = state.newest?.revision ?? 0
      return fact('change-helm-rollback', `Roll back ${where}: revision {from} → {target}`, { ...params, from, target })
    }
    case 'uninstall':
      return fact('change-helm-uninstall', `Uninstall ${where}`, params)
  }
}

export function releaseNotes(prepared: Prepared): ResultNote[] {
  const { verb, target = 0, state, revisions } = { ...prepared, revisions: prepared.state.revisions }
  const notes = verb === 'upgrade' ? keptValues(prepared) : []
  if (verb === 'rollback')
    notes.push(fact('helm-rollback-values', 'Chart and values become those of revision {target}', { target }))
  const { newest } = state
  if (!newest || newest.status === 'deployed') return notes
  const { revision, status } = newest
  const deployed = revisions.find((each) => each.status === 'deployed')?.revision
  const text = 'Revision {revision} is {status}'
  return deployed === undefined
    ? [...notes, fact('helm-state', text, { revision, status })]
    : [
        ...notes,
        fact('helm-state-deployed', `${text}; revision {deployed} is deployed`, { revision, status, deployed }),
      ]
}

/** An upgrade keeps the release's own values, which Helm alone would drop. */
function keptValues({ before, after }: Prepared): ResultNote[] {
  if (!before || !after) return []
  const [old, next] = [leaves(before.config), leaves(after.config)]
  const kept = [...old].filter(([path, value]) => next.has(path) && isDeepStrictEqual(next.get(path), value)).length
  if (kept === 0) return []
  const values = counted(kept, 'other value')
  const text = kept === 1 ? '{values} of the release stays as it is' : '{values} of the release stay as they are'
  return [fact('helm-values-kept', text, { values, kept })]
}

/** @param unchanged number of the release's objects that do not change */
export function planNotes(prepared: Prepared, unchanged: number): ResultNote[] {
  const { notes, kept, verb } = prepared
  return [
    ...notes,
    ...unchangedNote(unchanged),
    ...kept.map(({ kind = '', metadata: { name } }) =>
      fact('helm-kept', '{kind} {name} stays, as the chart asks (helm.sh/resource-policy: keep)', { kind, name }),
    ),
    ...(verb === 'uninstall' ? uninstallNotes(prepared) : []),
  ]
}

function unchangedNote(count: number): ResultNote[] {
  if (count === 0) return []
  const text = count === 1 ? '{objects} of the release stays as it is' : '{objects} of the release stay as they are'
  return [fact('helm-unchanged', text, { objects: counted(count, 'object'), count })]
}

function uninstallNotes({ tried }: Prepared): ResultNote[] {
  const count = tried.filter(({ write }) => write.verb === 'delete').length
  return [
    fact('helm-uninstall-scope', 'Deletes {objects}, the values and the history of the release', {
      objects: counted(count, 'object'),
      count,
    }),
    fact('helm-uninstall-final', 'It cannot be undone'),
  ]
}
