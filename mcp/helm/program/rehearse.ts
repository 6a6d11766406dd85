/** Write handlers that change nothing. */
import { z } from 'zod'
import type { Cluster } from '../../kubernetes/types'
import { exchange, jsonOf, statusAnswer, successAnswer, withQuery, wordsOf } from './exchange'
import type { ApiAnswer, ApiRequest, WriteHandler } from './exchange'
import { complete, isRecordOf, observe } from './observed'
import type { Conflict, ObservedWrite, Release } from './observed'

/** For `--dry-run=server`: Helm has no reason to write. */
export const refuseWrites: WriteHandler = async ({ method, pathname }) =>
  statusAnswer(403, `A dry run does not write: ${method} ${pathname} was refused.`)

/**
 * Runs Helm for real, but the API server dry-runs each write.
 * @param observed receives the writes
 */
export function rehearse(cluster: Cluster, release: Release, observed: ObservedWrite[]): WriteHandler {
  return async (request) => {
    if (isRecordOf(release, request)) return await tryRecord(cluster, request)
    const write = await observe(cluster, request)
    if (!write) return statusAnswer(403, `${request.method} ${request.pathname} cannot be tried without effect.`)
    observed.push(write)
    const dry = dryRequest(request)
    let answer = await exchange(cluster, dry)
    const conflicts = answer.status === 409 && dry.query.get('force') === 'false' ? conflictsOf(answer) : []
    if (conflicts.length > 0) {
      write.conflicts = conflicts
      dry.query.set('force', 'true')
      answer = await exchange(cluster, withQuery(dry))
    }
    complete(write, answer)
    return answer
  }
}

/** A record that a real run would have created cannot be updated, so Helm gets back what it sent. */
async function tryRecord(cluster: Cluster, request: ApiRequest): Promise<ApiAnswer> {
  const { method, headers, body = Buffer.alloc(0) } = request
  if (method === 'DELETE') return successAnswer()
  const answer = await exchange(cluster, dryRequest(request))
  if (answer.status !== 404 || method !== 'PUT') return answer
  const type = headers['content-type'] ?? 'application/json'
  return { status: 200, headers: { 'content-type': type }, body: Buffer.from(body) }
}

const deleteOptionsSchema = z.looseObject({
  propagationPolicy: z.string().optional(),
  gracePeriodSeconds: z.number().optional(),
})

/** The API server ignores `dryRun` in the query of a DELETE that has a body, so its options move to the query. */
function dryRequest(request: ApiRequest): ApiRequest {
  const query = new URLSearchParams(request.query)
  query.set('dryRun', 'All')
  if (request.method !== 'DELETE') return withQuery({ ...request, query })
  const options = deleteOptionsSchema.safeParse(jsonOf(request.body) ?? {}).data
  if (options?.propagationPolicy !== undefined) query.set('propagationPolicy', options.propagationPolicy)
  if (options?.gracePeriodSeconds !== undefined) query.set('gracePeriodSeconds', String(options.gracePeriodSeconds))
  const { 'content-type': _, ...headers } = request.headers
  return withQuery({ ...request, headers, query, body: undefined })
}

function conflictsOf(answer: ApiAnswer): Conflict[] {
  return wordsOf(answer).causes.map(({ field = '', message = '' }) => ({
    field: field.replace(/^\./, ''),
    manager: /conflict with "([^"]+)"/.exec(message)?.[1] ?? 'another client',
  }))
}
