/** The replay server of the other suites sends what the real one sends. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { answer, startReplayServer } from '../support/ollama'
import type { Answer, ReplayServer } from '../support/ollama'
import { play } from '../support/scenarios/scenario'

const { TEST_OLLAMA_URL: url, TEST_OLLAMA_SCRIPTS: folder } = process.env
const there = url && folder ? { url, folder } : undefined

const MODEL = 'gpt-oss:20b'
const LOOK = '<|channel|>analysis<|message|>We look.<|end|><|start|>assistant'
const CALL = `${LOOK}<|channel|>commentary to=functions.pods_list <|constrain|>json<|message|>`
const UNFINISHED = `error parsing tool call: raw='{"a', err=unexpected end of JSON input`

interface Case {
  name: string
  /** In harmony format. */
  text: string
  /** The same for the replay server. */
  replayed: Answer
  /** Changes to the request. */
  request?: object
  /** Both without a stream too. */
  whole?: false
}

const thinking = answer.reasoning('We look.')
const cases: Case[] = [
  {
    name: 'a text',
    text: `${LOOK}<|channel|>final<|message|>Hello there.<|return|>`,
    replayed: thinking.text('Hello there.'),
  },
  { name: 'a call', text: `${CALL}{}<|call|>`, replayed: thinking.toolCall('pods_list', {}) },
  { name: 'a broken call after reasoning', text: `${CALL}{"a<|call|>`, replayed: thinking.cutOff(), whole: false },
  {
    name: 'a broken call at the start',
    text: '<|channel|>commentary to=functions.pods_list <|constrain|>json<|message|>{"a<|call|>',
    replayed: answer.error(500, UNFINISHED),
  },
  {
    name: 'a request with content null',
    text: 'unused',
    replayed: answer.text('unused'),
    request: { messages: [{ role: 'user', content: null }] },
  },
]

const chunkSchema = z.object({
  model: z.string(),
  choices: z.array(
    z.object({
      delta: z.record(z.string(), z.unknown()).optional(),
      message: z.unknown().optional(),
      finish_reason: z.string().nullable(),
    }),
  ),
  usage: z.unknown().optional(),
})

async function ask(base: string, stream: boolean, change: object = {}): Promise<unknown> {
  const tools = [
    {
      type: 'function',
      function: { name: 'pods_list', description: 'x', parameters: { type: 'object', properties: {} } },
    },
  ]
  const body = { model: MODEL, messages: [{ role: 'user', content: 'hi' }], tools, stream, ...change }
  const options = { stream_options: { include_usage: true } }
  const response = await fetch(`${base}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, ...(stream && options) }),
  })
  const text = await response.text()
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  const frames = isStream ? text.split('\n\n').filter(Boolean) : [text]
  return { status: response.status, frames: merged(frames.map(plain)) }
}

/** Without ids, times and counts. */
function plain(frame: string): string {
  const data = frame.replace(/^data: /, '').trim()
  if (data === '[DONE]') return data
  const parsed: unknown = JSON.parse(data)
  const chunk = chunkSchema.safeParse(parsed).data
  if (!chunk) return JSON.stringify(parsed)
  const shape = { ...chunk, ...(chunk.usage !== undefined && { usage: 'counted' }) }
  return JSON.stringify(shape).replace(/"call_\w+"/g, '"call"')
}

/** Tokens are pieces of any size. */
function merged(frames: string[]): string[] {
  const piece = /"(reasoning|content)":"([^"]+)"/
  return frames.reduce<string[]>((all, frame) => {
    const [before, now] = [piece.exec(all.at(-1) ?? ''), piece.exec(frame)]
    if (!before || !now || before[1] !== now[1]) return [...all, frame]
    return [...all.slice(0, -1), frame.replace(piece, `"${now[1]}":"${before[2]}${now[2]}"`)]
  }, [])
}

describe.skipIf(!there)('the replay server', () => {
  let replay: ReplayServer | undefined
  beforeAll(async () => {
    replay = await startReplayServer({ model: MODEL, version: '0.17.4' })
  })
  afterAll(() => replay?.close())

  const ways = cases.flatMap(({ whole, ...each }) =>
    whole === false ? [{ ...each, stream: true }] : [true, false].map((stream) => ({ ...each, stream })),
  )
  it.each(ways)('sends $name as the real one does, stream: $stream', async ({ text, replayed, request, stream }) => {
    if (!there || !replay) throw new Error('no server')
    await play(
      { name: 'frames', question: '', accessMode: 'read-only', loadMs: 0, steps: [{ text }], expect: '' },
      there.url,
      there.folder,
    )
    replay.dropQueue()
    replay.enqueue(replayed.legacy())
    expect(await ask(replay.url, stream, request)).toEqual(await ask(there.url, stream, request))
  })
})
