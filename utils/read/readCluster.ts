/** Reads of the cluster without the model, by `POST /api/read`. */
import { resultPartSchema } from '#shared/result'
import type { ResultPart, TextResult } from '#shared/result'
import { useHealthStore } from '../../stores/health'
import { ChatRequestError, readProblem } from '../chat/chatProblem'
import { serverFetch } from '../connection/serverFetch'

export interface ReadCall {
  /** As the MCP server names it, e.g. `kubectl_get`. */
  tool: string
  arguments: Record<string, unknown>
}

/** The cluster, its MCP server or the policy answered with a text instead of the result. */
export class ReadRefusedError extends Error {
  constructor(readonly result: TextResult) {
    super(result.text)
    this.name = 'ReadRefusedError'
  }
}

/** Too many reads within a minute. */
export class ReadTooOftenError extends Error {
  constructor(readonly seconds: number) {
    super('too-many-reads')
    this.name = 'ReadTooOftenError'
  }
}

const DEFAULT_WAIT_SECONDS = 5

/**
 * @returns what a card of the same call shows
 * @throws ReadRefusedError, ReadTooOftenError, ChatRequestError with the server's problem, TypeError if unreachable
 */
export async function readCluster(call: ReadCall, { signal }: { signal?: AbortSignal } = {}): Promise<ResultPart> {
  const response = await serverFetch(`api/read${useHealthStore().inCluster()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(call),
    ...(signal && { signal }),
  })
  if (response.status === 429)
    throw new ReadTooOftenError(Number(response.headers.get('retry-after')) || DEFAULT_WAIT_SECONDS)
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  const result = resultPartSchema.safeParse(body)
  if (!result.success) throw new ChatRequestError(await readProblem(response), response.status)
  if (response.ok) return result.data
  if (result.data.kind === 'text') throw new ReadRefusedError(result.data)
  throw new ChatRequestError(await readProblem(response), response.status)
}
