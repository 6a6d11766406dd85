/** Sampling defaults of known model families: without them Ollama's /v1 sets temperature 1 and top_p 1. */

export interface Sampling {
  temperature?: number
  topP?: number
  /** A model without reasoning answers any level but `none` with 400. */
  reasoningEffort?: 'none' | 'low' | 'medium' | 'high'
}

interface Family extends Sampling {
  /** Matches the model's name without registry, in lower case, e.g. `qwen3:8b`. */
  name: RegExp
  /** Where its makers publish the values. */
  source: string
}

/** The first match counts. None sets a reasoning effort: the makers' default is the template's own. */
const FAMILIES: readonly Family[] = [
  {
    name: /^gpt-oss/,
    temperature: 1,
    topP: 1,
    source: 'https://github.com/openai/gpt-oss#recommended-sampling-parameters',
  },
  {
    name: /^qwen3.*(instruct|coder)/,
    temperature: 0.7,
    topP: 0.8,
    source: 'https://huggingface.co/Qwen/Qwen3-30B-A3B-Instruct-2507#best-practices',
  },
  { name: /^qwen3/, temperature: 0.6, topP: 0.95, source: 'https://huggingface.co/Qwen/Qwen3-8B#best-practices' },
  { name: /^qwq/, temperature: 0.6, topP: 0.95, source: 'https://huggingface.co/Qwen/QwQ-32B#usage-guidelines' },
  {
    name: /^qwen2\.5/,
    temperature: 0.7,
    topP: 0.8,
    source: 'https://huggingface.co/Qwen/Qwen2.5-7B-Instruct/blob/main/generation_config.json',
  },
  {
    name: /^llama-?3/,
    temperature: 0.6,
    topP: 0.9,
    source: 'https://huggingface.co/meta-llama/Llama-3.1-8B-Instruct/blob/main/generation_config.json',
  },
  {
    name: /^llama-?4/,
    temperature: 0.6,
    topP: 0.9,
    source: 'https://huggingface.co/meta-llama/Llama-4-Scout-17B-16E-Instruct/blob/main/generation_config.json',
  },
  { name: /^magistral/, temperature: 0.7, topP: 0.95, source: 'https://huggingface.co/mistralai/Magistral-Small-2506' },
  {
    name: /^(mistral-small|devstral)/,
    temperature: 0.15,
    source: 'https://huggingface.co/mistralai/Mistral-Small-3.1-24B-Instruct-2503',
  },
  {
    name: /^(mistral|ministral)/,
    temperature: 0.3,
    source: 'https://huggingface.co/mistralai/Mistral-Nemo-Instruct-2407',
  },
  { name: /^granite/, temperature: 0, source: 'https://huggingface.co/ibm-granite/granite-3.3-8b-instruct' },
  {
    name: /^(gemma-?3|functiongemma)/,
    temperature: 1,
    topP: 0.95,
    source: 'https://huggingface.co/google/gemma-3-4b-it/blob/main/generation_config.json',
  },
  {
    name: /^deepseek-r1/,
    temperature: 0.6,
    topP: 0.95,
    source: 'https://github.com/deepseek-ai/DeepSeek-R1#usage-recommendations',
  },
  { name: /^command-r/, temperature: 0.3, source: 'https://docs.cohere.com/reference/chat' },
]

/** For a family without a published value: what most of the others use. */
const OTHERS: Sampling = { temperature: 0.6, topP: 0.95 }

/** @param model as the server names it, with or without registry and tag */
export function familySampling(model: string): Sampling {
  const name = model.toLowerCase().split('/').at(-1) ?? ''
  const family = FAMILIES.find((each) => each.name.test(name))
  if (!family) return OTHERS
  const { name: _, source: __, ...sampling } = family
  return sampling
}
