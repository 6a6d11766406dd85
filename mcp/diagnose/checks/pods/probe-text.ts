/** A probe in one line, as `kubectl describe` prints it. */
import { at, isRecord, listAt, numberAt, textAt } from '../../../../shared/kubernetes/fields'
import type { KubeObject } from '../../../kubernetes/types'

type ProbeKind = 'livenessProbe' | 'readinessProbe' | 'startupProbe'

export function probeOf(pod: KubeObject, container: string, kind: ProbeKind): unknown {
  const spec = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')].find(
    (each) => textAt(each, 'name') === container,
  )
  return at(spec, kind)
}

/** `readinessProbe: GET :8080/ready every 10s, timeout 1s`; undefined without a probe. */
export function probeText(pod: KubeObject, container: string, kind: ProbeKind): string | undefined {
  const probe = probeOf(pod, container, kind)
  if (!isRecord(probe)) return undefined
  const port = (action: string) => numberAt(probe, action, 'port') ?? textAt(probe, action, 'port') ?? '?'
  const action = isRecord(probe.httpGet)
    ? `GET :${port('httpGet')}${textAt(probe, 'httpGet', 'path') ?? '/'}`
    : isRecord(probe.tcpSocket)
      ? `TCP :${port('tcpSocket')}`
      : isRecord(probe.grpc)
        ? `gRPC :${port('grpc')}`
        : `exec ${listAt(probe, 'exec', 'command').join(' ')}`
  return `${kind}: ${action} every ${numberAt(probe, 'periodSeconds') ?? 10}s, timeout ${numberAt(probe, 'timeoutSeconds') ?? 1}s`
}
