import { randomUUID } from 'node:crypto'

/** Ours, unique: servers of models repeat theirs. */
export function newCallId(): string {
  return `call_${randomUUID().slice(0, 13)}`
}
