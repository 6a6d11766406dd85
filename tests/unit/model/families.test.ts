import { describe, expect, it } from 'vitest'
import { familySampling } from '../../../server/model/families'

describe('sampling defaults of a model family', () => {
  it.each([
    ['gpt-oss:20b', { temperature: 1, topP: 1 }],
    ['registry.local/library/GPT-OSS:120b', { temperature: 1, topP: 1 }],
    ['qwen3:8b', { temperature: 0.6, topP: 0.95 }],
    ['qwen3:30b-a3b-instruct-2507', { temperature: 0.7, topP: 0.8 }],
    ['qwen3-coder:30b', { temperature: 0.7, topP: 0.8 }],
    ['qwen2.5-coder:0.5b', { temperature: 0.7, topP: 0.8 }],
    ['meta-llama/Llama-3.1-8B-Instruct', { temperature: 0.6, topP: 0.9 }],
    ['llama3.2', { temperature: 0.6, topP: 0.9 }],
    ['mistral-small3.1', { temperature: 0.15 }],
    ['mistral:7b', { temperature: 0.3 }],
    ['granite4:tiny-h', { temperature: 0 }],
    ['gemma3:12b', { temperature: 1, topP: 0.95 }],
    ['somebody/finetune:latest', { temperature: 0.6, topP: 0.95 }],
  ])('of %s', (model, sampling) => {
    expect(familySampling(model)).toEqual(sampling)
  })
})
