/** The model of the faults: by default it lists the pods and reports them. */
import { chatRequestSchema } from '@k8s-ai-assistant/demo-model/ollama'
import type { ChatRequest, RequestMessage } from '@k8s-ai-assistant/demo-model/ollama'
import { answer, startReplayServer } from '../support/ollama'
import type { Answer, ReplayOptions, ReplayServer } from '../support/ollama'
import type { ToolNames } from '../support/tool-names'

export interface FaultModel extends ReplayServer {
  /** Invalid parts of the histories received since the last call. */
  violations: () => string[]
  /** Number of unused enqueued answers, which are dropped. */
  unplayed: () => number
}

export async function startModel(tools: ToolNames, options: ReplayOptions = {}): Promise<FaultModel> {
  const replay = await startReplayServer({ contextLength: 32_768, ...options })
  let seen = 0
  replay.onRequest(listPods(tools))
  const violations = () => {
    const requests = replay.requests.slice(seen).filter(({ path }) => path === '/v1/chat/completions')
    seen = replay.requests.length
    return requests.flatMap(({ body }) => violationsOf(chatRequestSchema.parse(body)))
  }
  return { ...replay, violations, unplayed: replay.dropQueue }
}

/** Calls the tool that lists the pods, then answers. */
export function listPods({ listPods: [name, args] }: ToolNames): (request: ChatRequest) => Answer {
  return ({ messages }) => {
    if (messages.at(-1)?.role !== 'tool') return answer.reasoning('The pods.').toolCall(name, args)
    return answer.text('The pods are in the table ').text('above.')
  }
}

/** Every call must have exactly one result directly after it, and every result its call. */
export function violationsOf({ messages }: ChatRequest): string[] {
  const found: string[] = []
  let open: string[] = []
  const ids = new Set<string>()
  for (const message of messages) {
    if (message.role === 'tool') {
      const id = message.tool_call_id ?? ''
      if (open.includes(id)) open = open.filter((each) => each !== id)
      else found.push(`a result without its call: ${id}`)
      continue
    }
    found.push(...open.map((id) => `a call without its result: ${id}`))
    open = callIds(message)
    found.push(...open.filter((id) => ids.has(id)).map((id) => `an id that was used before: ${id}`))
    for (const id of open) ids.add(id)
  }
  return [...found, ...open.map((id) => `a call without its result: ${id}`)]
}

function callIds({ tool_calls: calls = [] }: RequestMessage): string[] {
  return calls.map(({ id }) => id)
}
