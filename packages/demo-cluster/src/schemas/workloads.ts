/** Workload kinds. Their status is computed from the pods and never parsed. */
import { matchesLabels } from '#shared/kubernetes/selectors'
import { z } from 'zod'
import { anyObject, count, labelSelector } from './common'
import { podTemplate } from './pods'

interface Selecting {
  selector: { matchLabels: Record<string, string> }
  template: { metadata: { labels: Record<string, string> } }
}

/** A controller must count the pods that it creates. */
function matches({ selector, template }: Selecting): boolean {
  return matchesLabels(selector.matchLabels, template.metadata.labels)
}
const mismatch = { path: ['template', 'metadata', 'labels'], error: '`selector` does not match template `labels`' }

const rollingUpdate = { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' }, type: 'RollingUpdate' }

const replicated = { replicas: count.default(1), selector: labelSelector, template: podTemplate }

export const deployment = anyObject.extend({
  spec: z
    .looseObject({
      progressDeadlineSeconds: z.number().default(600),
      revisionHistoryLimit: z.number().default(10),
      strategy: z.looseObject({}).default(rollingUpdate),
      ...replicated,
    })
    .refine(matches, mismatch),
})

export const replicaSet = anyObject.extend({
  spec: z.looseObject(replicated).refine(matches, mismatch),
})

export const statefulSet = anyObject.extend({
  spec: z
    .looseObject({
      podManagementPolicy: z.string().default('OrderedReady'),
      updateStrategy: z.looseObject({}).default({ rollingUpdate: { partition: 0 }, type: 'RollingUpdate' }),
      ...replicated,
    })
    .refine(matches, mismatch),
})

export const daemonSet = anyObject.extend({
  spec: z
    .looseObject({
      revisionHistoryLimit: z.number().default(10),
      updateStrategy: z
        .looseObject({})
        .default({ rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }, type: 'RollingUpdate' }),
      selector: labelSelector,
      template: podTemplate,
    })
    .refine(matches, mismatch),
})

const ENDING = ['OnFailure', 'Never']

/** The cluster chooses its selector. */
export const job = anyObject.extend({
  spec: z
    .looseObject({
      parallelism: count.default(1),
      completions: count.default(1),
      completionMode: z.string().default('NonIndexed'),
      backoffLimit: count.default(6),
      suspend: z.boolean().default(false),
      template: podTemplate,
    })
    .refine(({ template }) => ENDING.includes(template.spec.restartPolicy), {
      path: ['template', 'spec', 'restartPolicy'],
      error: 'Unsupported value: supported values: "OnFailure", "Never"',
    }),
})

/** May be changed, e.g. suspended, but never runs. */
export const cronJob = anyObject.extend({
  spec: z.looseObject({
    schedule: z.string().min(1, 'Required value'),
    timeZone: z.string().optional(),
    suspend: z.boolean().default(false),
    jobTemplate: z.looseObject({
      spec: z.looseObject({
        parallelism: count.default(1),
        completions: count.default(1),
        backoffLimit: count.default(6),
        template: podTemplate,
      }),
    }),
  }),
  status: z
    .looseObject({
      active: z.array(z.looseObject({})).optional(),
      lastScheduleTime: z.string().optional(),
      lastSuccessfulTime: z.string().optional(),
    })
    .default(() => ({})),
})
