/** A full window is cut once, and the next questions find the same cut. */
import { describe, expect, it } from 'vitest'
import { TokenMeter } from '../../../../server/agent/budget'
import type { StepRequest } from '../../../../server/model/types'
import { seeded } from '../../../soak/random'
import { TestConversation } from '../../../support/agent/conversation'
import { callTools, say, scriptedModel, scriptedToolbox } from '../../../support/agent/scripted'
import { gptOssPrompt } from '../../../support/tokens/gpt-oss-prompt'
import { countTokens, stepTokens } from '../../../support/tokens/count'
import { ownTools } from '../../../support/tokens/own-tools'
import { toRequestMessages, toRequestTools } from '../../../../server/model/messages'
import { podTable } from '../../../support/agent/random-results'

const WINDOW = 8192

/** Tokens that are not in the longest common beginning with the request before. */
function newTokens(request: StepRequest, before: StepRequest | undefined): number {
  const now = promptOf(request)
  const then = before ? promptOf(before) : ''
  let common = 0
  while (common < now.length && now[common] === then[common]) common++
  return countTokens(now.slice(common))
}

function promptOf({ messages, tools }: StepRequest): string {
  return gptOssPrompt({ messages: toRequestMessages(messages), tools: toRequestTools(tools) })
}

async function listings(questions: number): Promise<StepRequest[]> {
  const random = seeded(3)
  const raw = podTable(random, 13)
  const steps = Array.from({ length: questions }, (_, at) => [
    callTools(['kubectl_get', { resource: 'pods', labelSelector: `n=${at}` }]),
    say('There are 13 pods, and two of them do not run: their images cannot be pulled.'),
  ]).flat()
  const model = scriptedModel(...steps)
  const toolbox = scriptedToolbox({ kubectl_get: raw }, ownTools({ changes: false }))
  const conversation = new TestConversation({ model, meter: new TokenMeter(), windowTokens: WINDOW, toolbox })
  for (let at = 0; at < questions; at++) await conversation.ask('Show me all pods')
  return model.requests
}

describe('a conversation that fills its window', () => {
  it('is cut once to about 60 %, so that most questions read only what is new', async () => {
    const requests = await listings(20)
    const sizes = requests.map((request) => stepTokens(request))
    const cuts = sizes.flatMap((size, at) => (size < (sizes[at - 1] ?? 0) - 100 ? [at] : []))
    expect(cuts.length).toBeGreaterThan(0)
    expect(cuts.length).toBeLessThanOrEqual(20 / 2)
    for (const at of cuts) expect(sizes[at]).toBeLessThanOrEqual(0.65 * WINDOW)
    const read = requests.map((request, at) => newTokens(request, requests[at - 1]))
    // Two requests a question.
    const later = read.slice(2).reduce((sum, tokens) => sum + tokens, 0) / 19
    expect(later).toBeLessThanOrEqual(1500)
  })

  it('changes nothing before the newest message between two requests, unless it was cut', async () => {
    const requests = await listings(20)
    for (const [at, { messages }] of requests.entries()) {
      const before = requests[at - 1]?.messages ?? []
      if (stepTokens({ messages, tools: [] }) < stepTokens({ messages: before, tools: [] })) continue
      expect(messages.slice(0, before.length)).toEqual(before)
    }
  })
})
