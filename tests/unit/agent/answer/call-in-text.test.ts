import { describe, expect, it } from 'vitest'
import { callInText } from '../../../../server/agent/answer/call-in-text'
import { finalText } from '../../../../server/agent/answer/final-text'
import type { ModelTool } from '../../../../server/model/types'
import { modelTool } from '../../../support/brands'

const tool = (name: string, ...properties: string[]): ModelTool => ({
  name: modelTool(name),
  description: name,
  parameters: { type: 'object', properties: Object.fromEntries(properties.map((key) => [key, { type: 'string' }])) },
})
const TOOLS = [tool('pods_list', 'namespace', 'labelSelector'), tool('pods_log', 'name', 'namespace')]
const found = (text: string, question = 'Show me all pods') => callInText(text, TOOLS, question)

describe('a call written as text', () => {
  it.each([
    ['model-20', 'pods_list namespace: shop'],
    ['model-20', 'pods_list(namespace="shop")'],
    ['model-20', 'I will look.\npods_list {"namespace": "shop"}'],
    ['model-21', '{"name": "pods_list", "arguments": {"namespace": "shop"}}'],
    ['model-21', '```json\n{"name": "pods_list", "arguments": {}}\n```'],
    ['model-21', 'I will list the pods. {"name": "pods_list", "arguments": {}}'],
    ['nested', '{"tool_calls": [{"function": {"name": "functions.pods_list", "arguments": "{}"}}]}'],
    ['Qwen', '<tool_call>\n{"name": "pods_list", "arguments": {}}\n</tool_call>'],
    ['Llama', '<function=pods_list>{"namespace": "shop"}</function>'],
    ['Mistral', '[TOOL_CALLS][{"name": "pods_list", "arguments": {}}]'],
    ['ReAct', 'Thought: look\nAction: pods_list\nAction Input: {}'],
    ['harmony', '<|channel|>commentary to=functions.pods_list <|constrain|>json<|message|>{}'],
  ])('%s: is recognized in %j', (_, text) => {
    expect(found(text)).toEqual({ kind: 'named', name: 'pods_list' })
  })

  it('model-22: may be the arguments alone', () => {
    for (const text of ['{"namespace":"shop"}', '{}', '```json\n{"namespace":"shop"}\n```'])
      expect(found(text)).toEqual({ kind: 'arguments' })
  })

  it('model-23: may be of a tool that does not exist', () => {
    expect(found('{"name": "show_pods"}')).toEqual({ kind: 'named', name: 'show_pods' })
  })

  it.each([
    ['There are 3 pods in shop.', undefined],
    ['pods_list shows that all pods run.', undefined],
    ['{"namespace":"shop"}', 'Give me a JSON object with the namespace shop'],
    ['{"name": "web-1", "status": "Running"}', 'Show web-1 as JSON'],
    ['```yaml\napiVersion: v1\nkind: Pod\n```', 'Write a manifest'],
    ['```\nkubectl scale deployment web --replicas=3\n```', 'scale web to 3'],
    ['The tag <|channel|>final is used by harmony.', 'What is harmony?'],
  ])('%j is an answer', (text, question) => {
    expect(found(text, question)).toBeUndefined()
  })
})

describe('marks of the chat template (model-24)', () => {
  it('leave only the final text', () => {
    const text =
      '<|channel|>analysis<|message|>We need pods<|end|><|start|>assistant<|channel|>final<|message|>There are 3 pods.'
    expect(finalText(text)).toBe('There are 3 pods.')
    expect(finalText('analysisWe need pods.assistantfinalThere are 3 pods.')).toBe('There are 3 pods.')
    expect(finalText('<think>We need pods.</think>There are 3 pods.')).toBe('There are 3 pods.')
    expect(finalText('<|channel|>analysis<|message|>We need pods')).toBe('')
  })

  it('stay where a person reads about them', () => {
    const text = 'The tag <|channel|>final is used by harmony.'
    expect(finalText(text)).toBe(text)
  })
})
