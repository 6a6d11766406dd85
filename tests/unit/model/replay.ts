/** What the tests of the model step share: a replay server for each test, and steps against it. */
import { afterEach, beforeEach } from 'vitest'
import { createOllamaModel } from '../../../server/model/client'
import type { OllamaModelOptions } from '../../../server/model/client'
import type { ModelTool, StepRequest } from '../../../server/model/types'
import { stepEvents } from '../../support/agent/step-events'
import type { StepEvent } from '../../support/agent/step-events'
import { startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { modelTool } from '../../support/brands'

export const question: StepRequest = { messages: [{ role: 'user', content: 'Show me all pods' }], tools: [] }

export const podsList: ModelTool = {
  name: modelTool('pods_list'),
  description: 'List all pods',
  parameters: { type: 'object', properties: { namespace: { type: 'string' } }, required: ['namespace'] },
}

/** A replay server that is started before and closed after each test of the file. */
export function useReplay(): { get: () => ReplayServer } {
  let replay: ReplayServer | undefined
  beforeEach(async () => {
    replay = await startReplayServer()
  })
  afterEach(() => replay?.close())
  return {
    get: () => {
      if (!replay) throw new Error('The replay server is there only inside a test')
      return replay
    },
  }
}

export function modelAt(url: string, options: Partial<OllamaModelOptions> = {}) {
  return createOllamaModel({ baseUrl: url, model: 'gpt-oss:20b', ...options })
}

/** All events of one step. */
export async function run(
  replay: ReplayServer,
  options: Partial<OllamaModelOptions> = {},
  request: StepRequest = question,
  signal: AbortSignal = new AbortController().signal,
): Promise<StepEvent[]> {
  return Array.fromAsync(stepEvents(modelAt(replay.url, options), request, signal))
}

export function textOf(events: StepEvent[], type: 'text' | 'reasoning' = 'text'): string {
  return events.map((event) => (event.type === type ? event.text : '')).join('')
}

export function callsOf(events: StepEvent[]) {
  return events.filter((event) => event.type === 'tool-call')
}
