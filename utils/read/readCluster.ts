/** Reads of the cluster and dry runs without the model, by `POST /api/read` and `POST /api/dry-run`. */
import type { ReadCall } from '#shared/commands/command-list'
import type { DryRunRequest } from '#shared/changes/dry-run'
import { resultPartSchema, textResultSchema } from '#shared/result'
import type { ResultPart, TextResult } from '#shared/result'
import { useHealthStore } from '../../stores/health'
import { ChatRequestError, readProblem } from '../chat/chatProblem'
import { serverFetch } from '../connection/serverFetch'

export interface DirectCall extends ReadCall {
  /** A dry run instead. Its manifest is not an argument, so that no conversation holds it. */
  dryRun?: DryRunRequest
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

const OK = 200
const DEFAULT_WAIT_SECONDS = 5

/**
 * @returns what a card of the same call shows
 * @throws ReadRefusedError, ReadTooOftenError, ChatRequestError with the server's problem, TypeError if unreachable
 */
export async function readCluster(
  { dryRun, ...call }: DirectCall,
  { signal }: { signal?: AbortSignal } = {},
): Promise<ResultPart> {
  const response = await serverFetch(`api/${dryRun ? 'dry-run' : 'read'}${useHealthStore().inCluster()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(dryRun ?? call),
    ...(signal && { signal }),
  })
  if (response.status === 429)
    throw new ReadTooOftenError(Number(response.headers.get('retry-after')) || DEFAULT_WAIT_SECONDS)
  if (response.status === OK) {
    const result = resultPartSchema.safeParse(await response.json().catch(() => undefined))
    if (result.success) return result.data
    // Of something between page and server.
    throw new ChatRequestError({ code: 'unknown', message: `HTTP ${OK}` }, OK)
  }
  const refused = textResultSchema.safeParse(
    await response
      .clone()
      .json()
      .catch(() => undefined),
  )
  if (refused.success) throw new ReadRefusedError(refused.data)
  throw new ChatRequestError(await readProblem(response), response.status)
}
