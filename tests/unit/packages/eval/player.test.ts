/** The scripted model: which step of its script answers a request. */
import { chatRequestSchema } from '@k8s-ai-assistant/demo-model/ollama'
import { describe, expect, it } from 'vitest'
import { outputSchema } from '../../../../packages/eval/src/scripted/output'
import { Player } from '../../../../packages/eval/src/scripted/player'
import { scriptOf } from '../../../../packages/eval/src/scripted/script'
import type { Play } from '../../../../packages/eval/src/scripted/script'
import { taskSchema } from '../../../../packages/eval/src/task/schema'

const task = taskSchema.parse({
  id: 'read/pods',
  title: 'Lists pods',
  language: 'en',
  questions: ['Which?', 'And why?'],
  checks: {},
  solution: [
    { call: 'kubectl_get', arguments: { resource: 'pods' } },
    { answer: 'It is ${pod}.', capture: { pod: 'web-\\w+' } },
    { answer: 'Because.' },
  ],
})

const user = (content: string) => ({ role: 'user', content })
const result = (content: string) => ({ role: 'tool', content, tool_call_id: 'a' })
const failure = (until: 'repeated' | 'corrected' | 'never', seen?: string): Play => ({
  kind: 'failure',
  output: outputSchema.parse({ text: 'kubectl get pods' }),
  until,
  ...(seen !== undefined && { seen }),
})

/** What the player writes: the text, or the name of the tool. */
function written(player: Player, ...messages: object[]): string | undefined {
  const { steps } = player.next(chatRequestSchema.parse({ model: 'm', messages, stream: true })).script
  const deltas = steps.flatMap((step) => (step.kind === 'delta' ? [step.delta] : []))
  const call = deltas.flatMap(({ tool_calls: calls = [] }) => calls).at(0)
  return call?.function.name ?? (deltas.map(({ content }) => content ?? '').join('') || undefined)
}

describe('a scripted solution', () => {
  it('goes on with each new request and repeats itself for the same one', () => {
    const player = new Player(scriptOf(task))
    expect(written(player, user('Which?'))).toBe('kubectl_get')
    expect(written(player, user('Which?'))).toBe('kubectl_get')
    expect(written(player, user('Which?'), result('web-7x Running'))).toBe('It is web-7x.')
    expect(written(player, user('Which?'), result('web-7x Running'), user('Look again.'))).toBe('It is web-7x.')
    expect(written(player, user('Which?'), user('And why?'))).toBe('Because.')
  })

  it('answers a request without a question of the script apart', () => {
    const player = new Player(scriptOf(task))
    expect(written(player, user('Hello'))).toBe('Ready.')
    expect(written(player, user('Which?'))).toBe('kubectl_get')
  })
})

describe('a scripted failure', () => {
  it('is mended by a request with something new in it', () => {
    const player = new Player(scriptOf(task, [failure('corrected')]))
    expect(written(player, user('Which?'))).toBe('kubectl get pods')
    expect(written(player, user('Which?'))).toBe('kubectl get pods')
    expect(written(player, user('Which?'), user('Call the tool.'))).toBe('kubectl_get')
  })

  it('is mended by any repeat, or never', () => {
    const repeated = new Player(scriptOf(task, [failure('repeated')]))
    expect([written(repeated, user('Which?')), written(repeated, user('Which?'))]).toEqual([
      'kubectl get pods',
      'kubectl_get',
    ])
    const never = new Player(scriptOf(task, [failure('never')]))
    written(never, user('Which?'))
    expect(written(never, user('Which?'), user('Call the tool.'))).toBe('kubectl get pods')
  })

  it('ends when the model was shown what it needs', () => {
    const player = new Player(scriptOf(task, [failure('never', 'web-7x')]))
    written(player, user('Which?'))
    expect(written(player, user('Which?'), result('web-7x'))).toBe('kubectl_get')
  })
})
