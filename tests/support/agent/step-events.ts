/** A model step as one stream of events including its end. */
import type { ChatModel, ModelCall, ModelWait, StepRequest, StepUsage } from '../../../server/model/types'

export type StepEvent =
  | { type: 'reasoning' | 'text'; text: string }
  | { type: 'waiting'; state: ModelWait }
  | ({ type: 'tool-call' } & ModelCall)
  | { type: 'finish'; reason: 'stop' | 'length' | 'tool-calls'; usage?: StepUsage }

const never = new AbortController().signal

/** Yields the events as they arrive; leaving the loop early aborts the step. */
export async function* stepEvents(
  model: ChatModel,
  request: StepRequest,
  signal: AbortSignal = never,
): AsyncGenerator<StepEvent, void, void> {
  const left = new AbortController()
  const events: StepEvent[] = []
  let wake = Promise.withResolvers<void>()
  const push = (...more: StepEvent[]) => {
    events.push(...more)
    wake.resolve()
  }
  const end = model.step(request, AbortSignal.any([signal, left.signal]), {
    delta: (type, text) => push({ type, text }),
    waiting: (state) => push({ type: 'waiting', state }),
  })
  const step = end.then(({ calls, ...finish }) =>
    push(...calls.map((call) => ({ type: 'tool-call' as const, ...call })), { type: 'finish', ...finish }),
  )
  try {
    for (;;) {
      const event = events.shift()
      if (event) yield event
      if (event?.type === 'finish') return
      if (events.length > 0) continue
      wake = Promise.withResolvers()
      await Promise.race([wake.promise, step])
    }
  } finally {
    left.abort()
    await step.catch(() => undefined)
  }
}
