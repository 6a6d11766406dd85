import { randomUUID } from 'node:crypto'

/** A unique id: model servers repeat theirs. */
export function newCallId(): string {
  return `call_${randomUUID().slice(0, 13)}`
}
