/** Argo CD: recognised by its tracking annotation, or by its label on an object that its controller wrote. */
import { msg, quotedWords } from '../../../../shared/messages/create'
import type { Message } from '../../../../shared/messages/message'
import { at, listAt, textAt } from '../../../kubernetes/read/fields'
import type { KubeObject } from '../../../kubernetes/types'
import { addedNote } from '../added'
import { annotationOf, findMark, isRemoval, labelOf, lastingIn } from '../marks'
import { ownerManaged } from '../owner-managed'
import { groupOf } from '../../../../shared/kubernetes/api'
import type { Change, Finding, Manager } from '../types'

const TRACKING = 'argocd.argoproj.io/tracking-id'

interface Mark {
  application: string
  /** Known only if applications outside Argo CD's namespace are allowed. */
  namespace?: string
}

/** `shop:apps/Deployment:shop/web`. The id of another object was copied with a manifest and is ignored. */
function markOf(object: KubeObject): Mark | undefined {
  const tracking = annotationOf(object, TRACKING)
  if (tracking !== undefined) {
    const [application = '', kind = '', place = ''] = tracking.split(':')
    const { name, namespace = '' } = object.metadata
    const own = `${groupOf(object.apiVersion ?? '')}/${object.kind ?? ''}`
    if (kind !== own || place.split('/').at(-1) !== name) return undefined
    if (namespace !== '' && place !== `${namespace}/${name}`) return undefined
    return applicationOf(application)
  }
  // Many charts set this label too; it counts only if Argo CD wrote the object.
  const instance = labelOf(object, 'app.kubernetes.io/instance') ?? labelOf(object, 'argocd.argoproj.io/instance')
  const wroteIt = listAt(object, 'metadata', 'managedFields').some((entry) => /^argocd-/.test(textAt(entry, 'manager')))
  return instance !== undefined && wroteIt ? applicationOf(instance) : undefined
}

/** `shop`, or `team-a_shop` for namespace team-a. */
function applicationOf(name: string): Mark {
  const [namespace, inside] = name.split('_')
  return inside === undefined ? { application: name } : { application: inside, ...(namespace && { namespace }) }
}

export const argoCd: Manager = {
  id: 'argo-cd',
  applies: (change) => findMark(change, markOf) !== undefined,
  async check(change, reads): Promise<Finding | undefined> {
    const found = findMark(change, markOf)
    if (!found) return undefined
    const { application, namespace } = found.mark
    const read = await reads.list('argoproj.io/Application', namespace, application)
    const known = 'value' in read && read.value.length === 1 ? read.value[0] : undefined
    const lasting = lastingIn(
      change,
      sourceOf(known) ?? msg('source-git', { manager: `Argo CD application ${application}` }),
    )
    const manager = `Argo CD application ${application}`
    if (!found.isOwn) return { manager, notes: [ownerManaged(found.holder, manager)], lasting }
    const added = addedNote(change, manager)
    return { manager, notes: [added ?? sentence(change, application, known)], ...(!added && { lasting }) }
  },
}

function sentence(change: Change, application: string, known: KubeObject | undefined) {
  const params = { application }
  const suffix = isRemoval(change) ? 'delete' : 'update'
  const automated = at(known, 'spec', 'syncPolicy', 'automated')
  const syncs = automated !== undefined && automated !== null && at(automated, 'enabled') !== false
  if (syncs && at(automated, 'selfHeal') === true) return msg(`argo-cd-heals-${suffix}`, params)
  if (known && !syncs) return msg(`argo-cd-manual-${suffix}`, params)
  return msg(`argo-cd-${suffix}`, params)
}

function sourceOf(application: KubeObject | undefined): Message | undefined {
  if (!application) return undefined
  const sources = [at(application, 'spec', 'source'), ...listAt(application, 'spec', 'sources')]
  const found = sources.flatMap((source): Message[] => {
    const [repository, path, chart] = [textAt(source, 'repoURL'), textAt(source, 'path'), textAt(source, 'chart')]
    if (repository === '') return []
    const whole = quotedWords(withoutLogin(repository))
    const within = path === '' ? whole : msg('source-path', { source: whole, path })
    return [chart === '' ? within : msg('source-chart', { source: within, chart })]
  })
  const [first, ...others] = found
  return first && others.reduce((before, next) => msg('list-semicolon', { first: before, second: next }), first)
}

/** A repository URL may contain a password. */
export function withoutLogin(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/@]*@/, '$1')
}
