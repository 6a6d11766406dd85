/** Claims with their volume, class and consumers. */
import { relatedOf } from '../../../shared/kubernetes/health/related'
import { KubeError } from '../../kubernetes/errors/errors'
import { at, listAt, pairsAt, textAt } from '../../kubernetes/read/fields'
import { getObject } from '../../kubernetes/list/object'
import type { KubeObject } from '../../kubernetes/types'
import type { KindDescription } from './kind'
import { linesSection } from './lines'
import type { RelatedReads } from './reads'

export const claim: KindDescription = {
  async related(object, reads) {
    const { namespace, name } = object.metadata
    const className = textAt(object, 'spec', 'storageClassName')
    const volumeName = textAt(object, 'spec', 'volumeName')
    const [storageClass, volume, pods] = await Promise.all([
      className === '' ? undefined : find('storage.k8s.io/v1/StorageClass', className, reads),
      volumeName === '' ? undefined : find('v1/PersistentVolume', volumeName, reads),
      reads.objects({ title: 'Pods that mount it', kind: 'v1/Pod', namespace, keep: (pod) => mounts(pod, name) }),
    ])
    return {
      health: relatedOf({
        pods,
        storageClasses: storageClass === undefined ? undefined : storageClass === 'missing' ? [] : [storageClass],
      }),
      sections: linesSection('Storage', [
        ['Class', className === '' ? 'none set' : `${className}${classText(storageClass)}`],
        ['Volume', volumeName === '' ? 'none bound yet' : `${volumeName}${volumeText(volume)}`],
        ['Mounted by', pods === undefined ? '' : pods.map((pod) => pod.metadata.name).join(', ') || 'no pod'],
      ]),
    }
  },
  details: (object) =>
    linesSection('Details', [
      ['Requested', textAt(object, 'spec', 'resources', 'requests', 'storage')],
      ['Capacity', textAt(object, 'status', 'capacity', 'storage')],
      [
        'Access modes',
        listAt(object, 'spec', 'accessModes')
          .map((mode) => textAt(mode))
          .join(', '),
      ],
      ['Volume mode', textAt(object, 'spec', 'volumeMode')],
      ['Selector', pairsAt(object, 'spec', 'selector', 'matchLabels')],
      ['Data source', textAt(object, 'spec', 'dataSource', 'name')],
    ]),
}

function mounts(pod: KubeObject, claimName: string): boolean {
  return listAt(pod, 'spec', 'volumes').some(
    (volume) => textAt(volume, 'persistentVolumeClaim', 'claimName') === claimName,
  )
}

/** Undefined if access is denied. */
async function find(kind: string, name: string, reads: RelatedReads): Promise<KubeObject | 'missing' | undefined> {
  try {
    const resource = await reads.resource(kind)
    return await getObject(reads.cluster, { resource, name, signal: reads.signal })
  } catch (error) {
    if (!(error instanceof KubeError) || error.concernsEveryCall) throw error
    return error.code === 'not-found' ? 'missing' : undefined
  }
}

function classText(found: KubeObject | 'missing' | undefined): string {
  if (found === undefined) return ''
  if (found === 'missing') return ' (does not exist)'
  const waits = textAt(found, 'volumeBindingMode') === 'WaitForFirstConsumer'
  return ` (provisioner ${textAt(found, 'provisioner')}${waits ? ', waits for a pod that mounts it' : ''})`
}

function volumeText(found: KubeObject | 'missing' | undefined): string {
  if (found === undefined) return ''
  if (found === 'missing') return ' (does not exist)'
  const policy = textAt(found, 'spec', 'persistentVolumeReclaimPolicy')
  return ` (${textAt(found, 'status', 'phase')}, reclaim policy ${policy})`
}

export const volume: KindDescription = {
  details: (object) =>
    linesSection('Details', [
      ['Claim', claimRef(object)],
      ['Class', textAt(object, 'spec', 'storageClassName')],
      ['Capacity', textAt(object, 'spec', 'capacity', 'storage')],
      [
        'Access modes',
        listAt(object, 'spec', 'accessModes')
          .map((mode) => textAt(mode))
          .join(', '),
      ],
      ['Reclaim policy', textAt(object, 'spec', 'persistentVolumeReclaimPolicy')],
      ['CSI driver', textAt(object, 'spec', 'csi', 'driver')],
    ]),
}

function claimRef(object: KubeObject): string {
  const ref = at(object, 'spec', 'claimRef')
  return ref === undefined ? '' : `${textAt(ref, 'namespace')}/${textAt(ref, 'name')}`
}
