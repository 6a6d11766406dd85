/** Events that report a change: scaling by autoscalers, deliveries, certificates, evictions. */
import { quotedWords } from '../../../shared/messages/create'
import { shorten } from '../../../shared/kubernetes/health/health'
import type { Change, Source } from '../types'

/** The reasons by the one that reports them. */
const REPORTERS: readonly [reasons: RegExp, kind: RegExp, manager: string][] = [
  [/^SuccessfulRescale$/, /^HorizontalPodAutoscaler$/, 'HorizontalPodAutoscaler'],
  [/^(?:OperationCompleted|OperationStarted|ResourceUpdated)$/, /^Application$/, 'Argo CD'],
  [/^(?:ReconciliationSucceeded|ReconciliationFailed|BuildFailed|NewArtifact)$/, /./, 'Flux'],
  [/^(?:Install|Upgrade|Rollback|Uninstall)(?:Succeeded|Failed)$/, /^HelmRelease$/, 'Flux'],
  [/^Issued$/, /^Certificate$/, 'cert-manager'],
  [/^(?:Preempted|TaintManagerEviction)$/, /^Pod$/, 'kube-scheduler'],
  [/^(?:VolumeResizeSuccessful|FileSystemResizeSuccessful)$/, /^PersistentVolumeClaim$/, 'kubelet'],
  [/^(?:Rebooted|RegisteredNode|RemovingNode)$/, /^Node$/, 'kubelet'],
]

export const events: Source = {
  id: 'events',
  find: (history) =>
    history.events.flatMap((event): Change[] => {
      const at = event.last ?? event.first
      const { group, kind, name, namespace } = event.object
      const manager = REPORTERS.find(([reasons, kinds]) => reasons.test(event.reason) && kinds.test(kind))?.[2]
      if (manager === undefined || at === undefined || at < history.since) return []
      const object = { kind: group ? `${group}/${kind}` : kind, namespace, name }
      const what = quotedWords(shorten(event.message === '' ? event.reason : `${event.reason}: ${event.message}`))
      return [{ at, source: 'event', object, what, manager, fields: [] }]
    }),
}
