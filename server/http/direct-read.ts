/** What the handlers of reads without the model share: rate, connection, the answer's status. */
import { setResponseStatus } from 'h3'
import type { H3Event } from 'h3'
import type { DirectRead } from '#shared/direct-read'
import type { DryRunRequest } from '#shared/changes/dry-run'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { ResultPart } from '#shared/result'
import { currentCaller } from '../auth/current-user'
import type { ReadAnswer } from '../core/direct-read'
import type { DirectRequest, DirectRequests } from '../core/direct-requests'
import { useAssistant } from '../core/running'
import { Rate } from '../limits/rate'
import { TurnRefusedError } from '../turns/turns'
import { withConnection } from './cluster-connection'
import { connectionSignal } from './connection'
import { answerError, requestIdOf } from './errors'

/** For each user: a page with ten live tables reads each of them every five seconds, and people click beside that. */
const READS_PER_MINUTE = 240
const reads = { rate: new Rate(READS_PER_MINUTE), refusal: () => msg('too-many-reads', { count: READS_PER_MINUTE }) }

/** For each user: each has up to a hundred objects. */
const DRY_RUNS_PER_MINUTE = 20
const dryRuns = {
  rate: new Rate(DRY_RUNS_PER_MINUTE),
  refusal: () => msg('too-many-dry-runs', { count: DRY_RUNS_PER_MINUTE }),
}

/**
 * Answers with a tool's result, or with an error.
 * @param read parses the request. May throw ChatRequestError, BodyTooLargeError or ZodError.
 */
export function answerRead(
  event: H3Event,
  read: () => DirectRead | Promise<DirectRead>,
): Promise<ResultPart | undefined> {
  return answerDirectly(event, reads, async () => {
    const call = await read()
    return (direct, request) => direct.read(call, request)
  })
}

/** The same with what a manifest would change. */
export function answerDryRun(event: H3Event, read: () => Promise<DryRunRequest>): Promise<ResultPart | undefined> {
  return answerDirectly(event, dryRuns, async () => {
    const manifest = await read()
    return (direct, request) => direct.dryRun(manifest, request)
  })
}

async function answerDirectly(
  event: H3Event,
  { rate, refusal }: { rate: Rate; refusal: () => Message },
  read: () => Promise<(direct: DirectRequests, request: DirectRequest) => Promise<ReadAnswer>>,
): Promise<ResultPart | undefined> {
  const requestId = requestIdOf(event)
  const caller = currentCaller(event)
  const { user } = caller
  const seconds = rate.take(user.name)
  try {
    if (seconds > 0) throw new TurnRefusedError('too-many-turns', refusal(), seconds)
    const answer = await read()
    const { direct } = await useAssistant()
    const signal = connectionSignal(event.node.res)
    return await withConnection(event, caller, async (connection) => {
      const { status, result } = await answer(direct, { requestId, user, connection, signal })
      setResponseStatus(event, status)
      return result
    })
  } catch (error) {
    return await answerError(event, error)
  }
}
