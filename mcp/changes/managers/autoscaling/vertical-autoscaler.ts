/** VerticalPodAutoscaler: overrides the template's resource requests in pods. */
import { msg } from '../../../../shared/messages/create'
import { at, textAt } from '../../../kubernetes/read/fields'
import { changes } from '../effect'
import { nameOf } from '../marks'
import { targets } from './targets'
import type { Change, Finding, Manager } from '../types'
import { notChecked } from '../unread'

/** It acts only on pod templates, which only workloads have. */
function concerns({ object, effect, operation }: Change): boolean {
  if (operation.namespace === undefined || at(object, 'spec', 'template') === undefined) return false
  return effect.verb === 'delete' || changes(effect, 'spec', 'template', 'spec')
}

export const verticalAutoscaler: Manager = {
  id: 'vertical-autoscaler',
  applies: concerns,
  async check(change, reads): Promise<Finding | undefined> {
    const read = await reads.list('autoscaling.k8s.io/VerticalPodAutoscaler', change.operation.namespace)
    if ('unread' in read) return { notes: [notChecked('VerticalPodAutoscalers', read.unread)] }
    const found = read.value.filter((each) => targets(each, 'targetRef', change))
    if (found.length === 0) return undefined
    return {
      notes: found.map((each) => {
        const name = nameOf(each)
        if (change.effect.verb === 'delete') return msg('vertical-autoscaler-without-target', { name })
        return textAt(each, 'spec', 'updatePolicy', 'updateMode') === 'Off'
          ? msg('vertical-autoscaler-off', { name })
          : msg('vertical-autoscaler-sets', {
              name,
            })
      }),
    }
  },
}
