/** A PersistentVolume that failed, or an attachment that does not come about. */
import { at, textAt } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'

export const volume: Check = {
  id: 'volume',
  reads: ['PersistentVolume'],
  reference: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#phase',
  find: (world) => [
    ...world.list('PersistentVolume').flatMap(volumeFound),
    ...world.list('storage.k8s.io/VolumeAttachment').flatMap(attachmentFound),
  ],
  samples: {
    fires: [
      `
- {kind: PersistentVolume, metadata: {name: v}, status: {phase: Failed, reason: VolumeFailedDelete, message: "error deleting"}}`,
      `
- {apiVersion: storage.k8s.io/v1, kind: VolumeAttachment, metadata: {name: csi-1}, spec: {nodeName: n, source: {persistentVolumeName: v}}, status: {attached: false, attachError: {message: "rpc error: not found"}}}`,
    ],
    silent: [
      `
- {kind: PersistentVolume, metadata: {name: v}, status: {phase: Released}}
- {apiVersion: storage.k8s.io/v1, kind: VolumeAttachment, metadata: {name: csi-1}, status: {attached: true}}`,
    ],
  },
}

function volumeFound(object: KubeObject): Found[] {
  if (textAt(object, 'status', 'phase') !== 'Failed') return []
  const words = [textAt(object, 'status', 'reason'), textAt(object, 'status', 'message')].filter(Boolean).join(': ')
  return [
    {
      ...base(object),
      cause: msg('volume-phase-failed'),
      next: msg('next-volume-phase-failed'),
      evidence: [fact('status', words)],
    },
  ]
}

function attachmentFound(object: KubeObject): Found[] {
  const error = textAt(object, 'status', 'attachError', 'message') ?? textAt(object, 'status', 'detachError', 'message')
  if (error === undefined || at(object, 'status', 'attached') === true) return []
  const node = textAt(object, 'spec', 'nodeName') ?? '?'
  const name = textAt(object, 'spec', 'source', 'persistentVolumeName') ?? object.metadata.name
  return [
    {
      ...base(object),
      cause: msg('attachment-failed', { name, node }),
      next: msg('next-volume-failed'),
      evidence: [fact('status', error)],
    },
  ]
}

function base(object: KubeObject): Pick<Found, 'object' | 'severity' | 'certainty'> {
  return { object: refOf(object), severity: 'warning', certainty: 'certain' }
}
