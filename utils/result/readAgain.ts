/** Which results can be read again without the model, and whether a new one is of the same thing. */
import { z } from 'zod'
import type { ResultPart } from '#shared/result'
import type { ReadCall } from '#shared/commands/command-list'

const argumentsSchema = z.record(z.string(), z.unknown())
/** Kinds that show a state of the cluster. */
const READABLE = new Set<ResultPart['kind']>(['table', 'log', 'object', 'findings'])
/** Looks into earlier results instead of the cluster. */
const FIND = 'find'

/**
 * The call that reads a result again.
 * @param input of the tool part
 * @returns undefined for results of other MCP servers, which report neither time nor cluster
 */
export function readAgainCall(result: ResultPart | undefined, toolName: string, input: unknown): ReadCall | undefined {
  if (!result || !READABLE.has(result.kind) || toolName === FIND) return undefined
  if (!('asOf' in result) || result.asOf === undefined || result.cluster === undefined) return undefined
  const args = argumentsSchema.safeParse(input ?? {})
  return args.success ? { tool: toolName, arguments: args.data } : undefined
}

/** Whether the newer result may take the older one's place: the same kind, read from the same cluster. */
export function isSameThing(older: ResultPart, newer: ResultPart): boolean {
  if (older.kind !== newer.kind || !('cluster' in older) || !('cluster' in newer)) return false
  const [one, other] = [older.cluster, newer.cluster]
  if (one?.uid !== undefined && other?.uid !== undefined) return one.uid === other.uid
  return one?.server === other?.server
}
