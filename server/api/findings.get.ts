/** `GET /api/findings`: a diagnosis of the cluster, a namespace or an object, without the model. */
import { defineEventHandler, getQuery, setResponseStatus } from 'h3'
import type { ResultPart } from '#shared/result'
import { currentCaller } from '../auth/current-user'
import { findingsQuerySchema } from '../core/findings'
import { useAssistant } from '../core/running'
import { withConnection } from '../http/cluster-connection'
import { connectionSignal } from '../http/connection'
import { answerError, requestIdOf } from '../http/errors'
import { Rate } from '../limits/rate'
import { TurnRefusedError } from '../turns/turns'
import { msg } from '#shared/messages/create'

/** Each reads much of the cluster. */
const PER_MINUTE = 120
const rate = new Rate(PER_MINUTE)

export default defineEventHandler(async (event): Promise<ResultPart | undefined> => {
  const requestId = requestIdOf(event)
  const caller = currentCaller(event)
  const { user } = caller
  const seconds = rate.take(user.name)
  if (seconds > 0) {
    const detail = msg('too-many-findings', { count: PER_MINUTE })
    return await answerError(event, new TurnRefusedError('too-many-turns', detail, seconds))
  }
  const query = findingsQuerySchema.safeParse(getQuery(event))
  if (!query.success) return await answerError(event, query.error)
  const assistant = await useAssistant()
  const signal = connectionSignal(event.node.res)
  try {
    return await withConnection(event, caller, async (connection) => {
      const { status, result } = await assistant.findings(query.data, requestId, user, connection, signal)
      setResponseStatus(event, status)
      return result
    })
  } catch (error) {
    return await answerError(event, error)
  }
})
