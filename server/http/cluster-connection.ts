/** The caller's connection to the cluster that a request names by `?cluster=`. */
import { getQuery } from 'h3'
import type { H3Event } from 'h3'
import { ChatRequestError } from '#shared/chat/request'
import { clusterIdSchema } from '#shared/clusters'
import { msg } from '#shared/messages/create'
import type { Caller } from '../auth/caller'
import type { ClusterConnection } from '../core/connections'
import { useAssistant } from '../core/running'

/**
 * Holds the connection while it is used.
 * @throws ChatRequestError, and as `Assistant.connect`
 */
export async function withConnection<T>(
  event: H3Event,
  caller: Caller,
  use: (connection: ClusterConnection) => T | Promise<T>,
): Promise<T> {
  const cluster = clusterIdSchema.optional().safeParse(getQuery(event).cluster)
  if (!cluster.success) throw new ChatRequestError('cluster', msg('field-not-cluster'))
  const { value, release } = await (await useAssistant()).connect(caller, cluster.data)
  try {
    return await use(value)
  } finally {
    release()
  }
}
