/** What the handlers of reads without the model share: rate, connection, the answer's status. */
import { setResponseStatus } from 'h3'
import type { H3Event } from 'h3'
import type { DirectRead } from '#shared/direct-read'
import { msg } from '#shared/messages/create'
import type { ResultPart } from '#shared/result'
import { currentCaller } from '../auth/current-user'
import { useAssistant } from '../core/running'
import { Rate } from '../limits/rate'
import { TurnRefusedError } from '../turns/turns'
import { withConnection } from './cluster-connection'
import { connectionSignal } from './connection'
import { answerError, requestIdOf } from './errors'

/** For each user: a page with ten live tables reads each of them every five seconds, and people click beside that. */
const PER_MINUTE = 240
const rate = new Rate(PER_MINUTE)

/**
 * Answers with a tool's result, or with an error.
 * @param read parses the request. May throw ChatRequestError, BodyTooLargeError or ZodError.
 */
export async function answerRead(
  event: H3Event,
  read: () => DirectRead | Promise<DirectRead>,
): Promise<ResultPart | undefined> {
  const requestId = requestIdOf(event)
  const caller = currentCaller(event)
  const { user } = caller
  const seconds = rate.take(user.name)
  try {
    if (seconds > 0) throw new TurnRefusedError('too-many-turns', msg('too-many-reads', { count: PER_MINUTE }), seconds)
    const call = await read()
    const assistant = await useAssistant()
    const signal = connectionSignal(event.node.res)
    return await withConnection(event, caller, async (connection) => {
      const { status, result } = await assistant.read(call, requestId, user, connection, signal)
      setResponseStatus(event, status)
      return result
    })
  } catch (error) {
    return await answerError(event, error)
  }
}
