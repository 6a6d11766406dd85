/** Variables of the model server. The demo ignores them and brings its own model. */
import { variable } from './about'
import { choice, decimal, httpUrl, integer, text } from './types'

export const modelVariables = {
  OLLAMA_BASE_URL: variable(httpUrl('http://127.0.0.1:11434').optional(), {
    group: 'model',
    text: 'An Ollama or any OpenAI-compatible server, with or without `/v1`.',
    otherwise: '`http://127.0.0.1:11434` if it answers; otherwise the demo model',
    programs: ['app'],
    ignoredInDemo: true,
    common: true,
    example: 'http://127.0.0.1:11434',
  }),
  OLLAMA_MODEL: variable(text.default('gpt-oss:20b'), {
    group: 'model',
    text: 'Name of the model.',
    programs: ['app'],
    ignoredInDemo: true,
    common: true,
  }),
  OLLAMA_API_KEY: variable(text.optional(), {
    group: 'model',
    text: 'Sent as `Authorization: Bearer`.',
    secret: true,
    programs: ['app'],
    ignoredInDemo: true,
  }),
  OLLAMA_CONTEXT_LENGTH: variable(integer(1024, 10_000_000).optional(), {
    group: 'model',
    text: 'The context window in tokens, for a server that does not report it (`/api/ps`).',
    programs: ['app'],
    ignoredInDemo: true,
    example: '32768',
  }),
  MODEL_REASONING_EFFORT: variable(choice(['none', 'low', 'medium', 'high']).optional(), {
    group: 'model',
    text: 'How long a reasoning model thinks. A model without reasoning refuses all but `none`; gpt-oss cannot do `none`.',
    otherwise: "the model server's default",
    programs: ['app'],
    ignoredInDemo: true,
    example: 'low',
  }),
  MODEL_TEMPERATURE: variable(decimal(0, 2).optional(), {
    group: 'model',
    text: 'How freely the model chooses its words: 0 is always the likeliest.',
    otherwise: "what the makers of the model's family recommend, such as 1 for gpt-oss",
    programs: ['app'],
    ignoredInDemo: true,
    example: '0.6',
  }),
  MODEL_ANSWER_TOKENS: variable(integer(256, 131_072).optional(), {
    group: 'model',
    text: 'Maximum tokens of one answer with its reasoning; at most half of the context window.',
    otherwise: 'a quarter of the context window, at most 4096',
    programs: ['app'],
    ignoredInDemo: true,
    example: '2048',
  }),
  MODEL_STALL_SECONDS: variable(integer(1, 3600).default(120), {
    group: 'model',
    text: 'How long the model may be silent in the middle of an answer.',
    programs: ['app'],
    ignoredInDemo: true,
  }),
  MODEL_BUSY_SECONDS: variable(integer(0, 3600).default(45), {
    group: 'model',
    text: 'How long the server retries a model server that answers 503.',
    programs: ['app'],
    ignoredInDemo: true,
  }),
  READ_AHEAD: variable(choice(['auto', 'on', 'off']).default('auto'), {
    group: 'model',
    text: 'Whether the model server reads the known beginning of the next request while no question is being answered: instructions and tools after the start, and each finished answer. It is one request that a question ends at once. `auto`: on an Ollama that runs the model itself. `off` if others use the model server too: reading ahead takes its time and pushes their prompts out of its cache. `on` also for other servers that keep a cache of prompts, such as llama.cpp and vLLM.',
    programs: ['app'],
    ignoredInDemo: true,
  }),
  EVAL_RESULT_FILE: variable(text.optional(), {
    group: 'model',
    text: 'Where `npm run eval` keeps the last result of each model, which the page shows in its status.',
    otherwise: '`~/.local/state/k8s-ai-assistant/evaluation.json`',
    programs: ['app'],
    example: '/var/lib/k8s-ai-assistant/evaluation.json',
  }),
}
