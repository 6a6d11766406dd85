/** Assembles tool calls from stream deltas: complete ones (Ollama) and fragments (other servers). */
import { randomUUID } from 'node:crypto'
import type { ToolCallDelta } from './chunk'
import { isJsonObject } from './json'
import { mendToolName } from '../names'

export interface AssembledCall {
  /** Unique within the conversation. */
  id: string
  name: string
  /** As written by the model: may be invalid JSON. Never empty: no arguments are `{}`. */
  arguments: string
}

interface OpenCall {
  /** The server's id; absent until it sends one. */
  id?: string
  index?: number
  name: string
  arguments: string
}

export class ToolCallAssembler {
  private readonly calls: OpenCall[] = []

  /** @param takenIds ids of the conversation's earlier calls: some servers count from zero in every answer */
  constructor(private readonly takenIds: Iterable<string> = []) {}

  add(delta: ToolCallDelta): void {
    const id = delta.id || undefined
    const index = delta.index ?? undefined
    const name = delta.function?.name ?? ''
    const text = delta.function?.arguments ?? ''
    const open = this.continued({ id, index, name })
    if (!open) {
      this.calls.push({ name, arguments: text, ...(id && { id }), ...(index !== undefined && { index }) })
      return
    }
    if (id) open.id ??= id
    if (name) open.name = name
    open.arguments += text
  }

  /**
   * @param cut the answer hit its length limit: an incomplete last call is dropped, since the missing part could change
   * its meaning
   */
  finish(cut: boolean): AssembledCall[] {
    const last = this.calls.at(-1)
    const whole = cut && last && !isJsonObject(last.arguments) ? this.calls.slice(0, -1) : this.calls
    const taken = new Set(this.takenIds)
    return whole.map((call) => {
      const id = call.id && !taken.has(call.id) ? call.id : newId()
      taken.add(id)
      return { id, name: mendToolName(call.name), arguments: call.arguments.trim() === '' ? '{}' : call.arguments }
    })
  }

  /**
   * The call that a delta continues; undefined if it starts one. The id decides if there is one: older Ollamas send
   * `index: 0` for every parallel call (ollama#15457). Without ids, a name after complete arguments starts a call.
   */
  private continued(delta: { id?: string; index?: number; name: string }): OpenCall | undefined {
    const open = this.calls.findLast((call) => {
      if (delta.id !== undefined && call.id !== undefined) return call.id === delta.id && sameIndex(call, delta)
      return sameIndex(call, delta)
    })
    if (!open || delta.name === '') return open
    return isJsonObject(open.arguments) || (open.name !== delta.name && open.name !== '') ? undefined : open
  }
}

function sameIndex(call: OpenCall, delta: { index?: number }): boolean {
  return delta.index === undefined || call.index === undefined || call.index === delta.index
}

function newId(): string {
  return `call_${randomUUID().slice(0, 8)}`
}
