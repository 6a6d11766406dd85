/** The assistant itself: a tool that it answers without an MCP server. */
import { serverToolNameSchema } from '#shared/tool-names'
import type { KnownServer } from './types'

/** Looks into earlier results. */
export const FIND = serverToolNameSchema.parse('find')

export const assistantTools: KnownServer = {
  id: 'k8s-ai-assistant',
  names: [],
  isInProcess: true,
  everydayArguments: ['id', 'where', 'search', 'countBy', 'sortBy', 'from', 'limit'],
  tools: { [FIND]: { effect: 'read', rank: 0, target: { isDocumentation: true } } },
}
