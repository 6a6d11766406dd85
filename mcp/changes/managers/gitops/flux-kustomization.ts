/** Flux: a Kustomization applies the object and corrects it at every reconciliation. */
import { msg } from '../../../../shared/messages/create'
import type { Message } from '../../../../shared/messages/message'
import { at, textAt } from '../../../kubernetes/read/fields'
import type { KubeObject } from '../../../kubernetes/types'
import { addedNote } from '../added'
import { withoutLogin } from './argo-cd'
import { annotationOf, findMark, isRemoval, labelOf, lastingIn } from '../marks'
import { ownerManaged } from '../owner-managed'
import type { Reads } from '../reads'
import type { Change, Finding, Manager } from '../types'

const PREFIX = 'kustomize.toolkit.fluxcd.io'

function markOf(object: KubeObject): { name: string; namespace: string | undefined } | undefined {
  const name = labelOf(object, `${PREFIX}/name`)
  return name === undefined ? undefined : { name, namespace: labelOf(object, `${PREFIX}/namespace`) }
}

export const fluxKustomization: Manager = {
  id: 'flux-kustomization',
  applies: (change) => findMark(change, markOf) !== undefined,
  async check(change, reads): Promise<Finding | undefined> {
    const found = findMark(change, markOf)
    if (!found) return undefined
    const { name, namespace } = found.mark
    const read = namespace === undefined ? undefined : await reads.object(`${PREFIX}/Kustomization`, namespace, name)
    const known = read && 'value' in read ? read.value : undefined
    const source =
      (known && (await sourceOf(known, reads))) ?? msg('source-git', { manager: `Flux Kustomization ${name}` })
    const lasting = lastingIn(change, source)
    const manager = `Flux Kustomization ${name}`
    if (!found.isOwn) return { manager, notes: [ownerManaged(found.holder, manager)], lasting }
    const added = addedNote(change, manager)
    return { manager, notes: [added ?? sentence(change, name, known)], ...(!added && { lasting }) }
  },
}

function sentence(change: Change, name: string, known: KubeObject | undefined) {
  const suffix = isRemoval(change) ? 'delete' : 'update'
  const setting = (option: string) => annotationOf(change.object, `${PREFIX}/${option}`)?.toLowerCase()
  if (setting('reconcile') === 'disabled' || setting('ssa') === 'ignore')
    return msg('flux-kustomization-off', {
      name,
    })
  // It creates a missing object but never changes it.
  if (setting('ssa') === 'ifnotpresent' && !isRemoval(change)) return msg('flux-kustomization-once', { name })
  if (at(known, 'spec', 'suspend') === true) return msg(`flux-kustomization-suspended-${suffix}`, { name })
  const interval = textAt(known, 'spec', 'interval')
  if (interval) return msg(`flux-kustomization-interval-${suffix}`, { name, interval })
  return msg(`flux-kustomization-${suffix}`, { name })
}

const SOURCE_GROUP = 'source.toolkit.fluxcd.io'

/** The repository's URL and the path in it. */
async function sourceOf(kustomization: KubeObject, reads: Reads): Promise<string | Message | undefined> {
  const [kind, name] = [
    textAt(kustomization, 'spec', 'sourceRef', 'kind'),
    textAt(kustomization, 'spec', 'sourceRef', 'name'),
  ]
  if (!kind || !name) return undefined
  const namespace = textAt(kustomization, 'spec', 'sourceRef', 'namespace') || kustomization.metadata.namespace
  const read = await reads.object(`${SOURCE_GROUP}/${kind}`, namespace, name)
  const url = 'value' in read ? textAt(read.value, 'spec', 'url') : ''
  const path = textAt(kustomization, 'spec', 'path').replace(/^\.\//, '')
  const source = url ? withoutLogin(url) : `${kind} ${name}`
  return path && path !== '.' ? msg('source-path', { source, path }) : source
}
