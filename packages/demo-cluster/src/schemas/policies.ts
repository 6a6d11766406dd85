/** What a client may write of autoscalers and quotas. */
import { z } from 'zod'
import { anyObject, count } from './common'

const resourceMetric = z.looseObject({
  name: z.string(),
  target: z.looseObject({ type: z.string(), averageUtilization: count.optional() }),
})

export const autoscaler = anyObject.extend({
  spec: z.looseObject({
    scaleTargetRef: z.looseObject({ apiVersion: z.string().optional(), kind: z.string(), name: z.string() }),
    minReplicas: count.optional(),
    maxReplicas: count,
    metrics: z.array(z.looseObject({ type: z.string(), resource: resourceMetric.optional() })).optional(),
  }),
})

export const quota = anyObject.extend({
  spec: z.looseObject({ hard: z.record(z.string(), z.string()).optional() }).optional(),
})
