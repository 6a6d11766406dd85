/** Nodes: taints, free capacity and pods. */
import { at, listAt, pairsAt, textAt } from '../../kubernetes/read/fields'
import { formatCpu, formatMemory, formatShare, parseQuantity } from '../../../shared/kubernetes/quantities'
import type { KubeObject } from '../../kubernetes/types'
import type { KindDescription } from './kind'
import { linesSection } from './lines'

export const node: KindDescription = {
  first: (object) => linesSection('Taints', [['Taints', listAt(object, 'spec', 'taints').map(taintText).join('; ')]]),
  async related(object, reads) {
    const fieldSelector = `spec.nodeName=${object.metadata.name},status.phase!=Succeeded,status.phase!=Failed`
    const pods = await reads.table({
      title: 'Pods',
      kind: 'v1/Pod',
      fieldSelector,
      without: ['NODE'],
    })
    if (!pods) return { sections: [] }
    const requested = (name: 'cpu' | 'memory') => pods.objects.reduce((sum, pod) => sum + podRequest(pod, name), 0)
    // A share of some pods would be a wrong share of the node.
    const room = (name: string) =>
      pods.isComplete ? parseQuantity(textAt(object, 'status', 'allocatable', name)) : undefined
    const share = (used: string, part: number, whole: number | undefined) =>
      `${used} requested${whole === undefined ? '' : ` (${formatShare(part, whole)})`}`
    const count = pods.objects.length
    const [cpu, memory] = [requested('cpu'), requested('memory')]
    return {
      sections: [
        ...linesSection(pods.isComplete ? 'Requested by its pods' : 'Requested by the pods that were read', [
          ['CPU', share(formatCpu(cpu), cpu, room('cpu'))],
          ['Memory', share(formatMemory(memory), memory, room('memory'))],
          ['Pods', pods.isComplete ? `${count} of ${textAt(object, 'status', 'allocatable', 'pods')}` : `${count}`],
        ]),
        ...pods.sections,
      ],
    }
  },
  details: (object) =>
    linesSection('Details', [
      ['Capacity', pairsAt(object, 'status', 'capacity')],
      ['Allocatable', pairsAt(object, 'status', 'allocatable')],
      ['Kubelet', textAt(object, 'status', 'nodeInfo', 'kubeletVersion')],
      ['Runtime', textAt(object, 'status', 'nodeInfo', 'containerRuntimeVersion')],
      [
        'System',
        `${textAt(object, 'status', 'nodeInfo', 'osImage')}, kernel ${textAt(object, 'status', 'nodeInfo', 'kernelVersion')}, ${textAt(object, 'status', 'nodeInfo', 'architecture')}`,
      ],
      [
        'Addresses',
        listAt(object, 'status', 'addresses')
          .map((each) => `${textAt(each, 'type')} ${textAt(each, 'address')}`)
          .join(', '),
      ],
      ['Pod CIDR', textAt(object, 'spec', 'podCIDR')],
      ['Provider', textAt(object, 'spec', 'providerID')],
    ]),
}

function taintText(taint: unknown): string {
  const value = textAt(taint, 'value')
  return `${textAt(taint, 'key')}${value === '' ? '' : `=${value}`}:${textAt(taint, 'effect')}`
}

/** As the scheduler counts: the sum of the containers, or the largest init container if that is more. */
function podRequest(pod: KubeObject, name: 'cpu' | 'memory'): number {
  const of = (container: unknown) => parseQuantity(textAt(at(container, 'resources', 'requests'), name)) ?? 0
  const init = listAt(pod, 'spec', 'initContainers')
  const isSidecar = (container: unknown) => textAt(container, 'restartPolicy') === 'Always'
  const running = [...listAt(pod, 'spec', 'containers'), ...init.filter(isSidecar)]
  const together = running.reduce<number>((sum, container) => sum + of(container), 0)
  return Math.max(together, ...init.filter((container) => !isSidecar(container)).map(of))
}
