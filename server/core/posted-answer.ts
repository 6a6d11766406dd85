/** Collects a turn's events to the answer as a client posts it with the next question. */
import type { ChatMessage, MessagePart, ToolPart } from '#shared/chat/request'
import { isToolPart } from '#shared/chat/request'
import type { ToolOutput } from '#shared/result'
import type { TurnEvent } from '../agent/events'
import { GrowingText } from '../agent/growing-text'

export class PostedAnswer {
  private parts: MessagePart[]
  /** Where the current step begins. */
  private stepAt: number
  /** A text that follows the parts. */
  private text = new GrowingText()

  /** @param begun the answer that the turn continues after approvals */
  constructor(begun?: ChatMessage) {
    this.parts = [...(begun?.parts ?? [])]
    this.stepAt = this.parts.length
  }

  message(): ChatMessage {
    this.close()
    return { role: 'assistant', parts: this.parts }
  }

  add(event: TurnEvent): void {
    switch (event.type) {
      case 'step-start':
        this.close()
        this.stepAt = this.parts.length
        this.parts.push({ type: 'step-start' })
        return
      case 'step-reset':
        this.text = new GrowingText()
        this.parts.splice(this.stepAt + 1)
        return
      case 'text-delta':
        return this.text.add(event.text)
      case 'tool-call': {
        this.close()
        const { id, name, arguments: input } = event.call
        return this.setCall({ type: 'dynamic-tool', toolCallId: id, toolName: name, input, state: 'input-available' })
      }
      case 'approval-request': {
        const call = this.callOf(event.approval.toolCallId)
        if (call) this.setCall({ ...call, state: 'approval-requested' })
        return
      }
      case 'tool-result': {
        const { status, forModel, durationMs } = event.outcome
        const output: ToolOutput = { status, text: forModel, durationMs }
        const call = this.callOf(event.id)
        if (call) this.setCall({ ...call, state: 'output-available', output })
        return
      }
      case 'reasoning-delta':
      case 'progress':
      case 'step-end':
      case 'window':
      case 'notice':
      case 'error':
      case 'finish':
        return
    }
  }

  /** The last text grows no more. */
  private close(): void {
    if (this.text.length === 0) return
    this.parts.push({ type: 'text', text: this.text.toString() })
    this.text = new GrowingText()
  }

  private callOf(id: string): ToolPart | undefined {
    return this.parts.filter(isToolPart).find(({ toolCallId }) => toolCallId === id)
  }

  private setCall(call: ToolPart): void {
    const at = this.parts.findIndex((part) => isToolPart(part) && part.toolCallId === call.toolCallId)
    if (at < 0) this.parts.push(call)
    else this.parts[at] = call
  }
}
