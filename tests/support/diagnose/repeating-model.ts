/** A model that calls `diagnose` with the question as its arguments, and then repeats the result. */
import { answer, startReplayServer } from '../ollama'
import type { ReplayServer } from '../ollama'

export async function startRepeatingModel(): Promise<ReplayServer> {
  const model = await startReplayServer({ contextLength: 32_768 })
  model.onRequest(({ messages }) => {
    const last = messages.at(-1)
    const text = String(last?.content ?? '')
    if (last?.role !== 'tool')
      return answer.toolCall('diagnose', text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1))
    return answer.text(text)
  })
  return model
}
