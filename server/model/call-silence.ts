/** Reports that the model is writing a call: Ollama sends a call only when its arguments are complete. */
import type { StepListener } from './types'

/** Silence after which that is reported, in milliseconds: a slow model needs as long for a token. */
const SILENT_MS = 4000

export class CallSilence {
  private timer: NodeJS.Timeout | undefined
  private tool: string | undefined

  constructor(private readonly waiting: StepListener['waiting']) {}

  /**
   * A chunk came.
   * @param mayBeCalling a call may follow
   * @param tool the name of a call that is sent in pieces
   */
  arrived(mayBeCalling: boolean, tool: string | undefined): void {
    if (tool !== undefined) {
      this.close()
      if (tool !== this.tool) this.waiting('writing-call', tool)
      this.tool = tool
    } else if (!mayBeCalling) this.close()
    else if (this.timer) this.timer.refresh()
    else this.timer = setTimeout(() => this.waiting('writing-call'), SILENT_MS)
  }

  close(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }
}
