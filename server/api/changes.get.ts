/** `GET /api/changes`: what changed in the cluster, a namespace or an object, without the model. */
import { defineEventHandler, getQuery } from 'h3'
import { z } from 'zod'
import { directReadSchema } from '#shared/direct-read'
import { answerRead } from '../http/direct-read'

const querySchema = z.object({
  /** Absent: all namespaces. */
  namespace: z.string().max(253).optional(),
  /** Kind of the object, e.g. `deployment`. */
  resource: z.string().max(253).optional(),
  name: z.string().max(253).optional(),
  /** `1h`, `2d`, or a time; absent: a day ago. */
  since: z.string().max(64).optional(),
})

export default defineEventHandler((event) =>
  answerRead(event, () =>
    directReadSchema.parse({ tool: 'what_changed', arguments: querySchema.parse(getQuery(event)) }),
  ),
)
