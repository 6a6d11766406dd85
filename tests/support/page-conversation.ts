/** A conversation as the page holds it: parts of the answers are posted again with the next question. */
import { randomUUID } from 'node:crypto'
import { DefaultChatTransport, readUIMessageStream } from 'ai'
import type { AppUIMessage } from '../../shared/chat/ui-message'
import { messagesToPost } from '../../utils/chat/messages'

export class PageConversation {
  private readonly chatId = randomUUID()
  private readonly transport: DefaultChatTransport<AppUIMessage>
  private messages: AppUIMessage[] = []

  /** @param url of the server */
  constructor(url: string) {
    this.transport = new DefaultChatTransport({ api: `${url}/api/chat` })
  }

  /**
   * Asks a question, approves what its answer asks for, and resolves at the end of the last turn.
   * @throws Error if the server reports one
   */
  async ask(text: string): Promise<void> {
    this.messages.push({ id: randomUUID(), role: 'user', parts: [{ type: 'text', text }] })
    do await this.post()
    while (this.approve())
  }

  private async post(): Promise<void> {
    const { chatId, transport } = this
    const stream = await transport.sendMessages({
      trigger: 'submit-message',
      chatId,
      messageId: undefined,
      messages: messagesToPost(this.messages),
      abortSignal: undefined,
    })
    const last = this.messages.at(-1)
    const begun = last?.role === 'assistant' ? last : undefined
    const read = readUIMessageStream<AppUIMessage>({ stream, ...(begun && { message: begun }), terminateOnError: true })
    let answer: AppUIMessage | undefined
    for await (const message of read) answer = message
    if (!answer) throw new Error('no answer came')
    this.messages = [...this.messages.filter((message) => message !== begun), answer]
  }

  /** Approves the pending calls of the last answer; false if there are none. */
  private approve(): boolean {
    const last = this.messages.at(-1)
    if (last?.metadata?.finishReason !== 'approval-required') return false
    const parts = last.parts.map((part) =>
      part.type === 'dynamic-tool' && part.state === 'approval-requested'
        ? { ...part, state: 'approval-responded' as const, approval: { ...part.approval, approved: true } }
        : part,
    )
    this.messages = [...this.messages.slice(0, -1), { ...last, parts }]
    return true
  }
}
