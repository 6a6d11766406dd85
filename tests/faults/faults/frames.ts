/** All ways in which Ollama or a compatible server ends or corrupts an answer. */
import type { ErrorCode } from '../../../shared/errors'
import { messageText } from '../../../utils/chat/messages'
import { answer, createGate } from '../../support/ollama'
import type { Answer } from '../../support/ollama'
import type { Fault, Outcome } from '../fault'
import { openClusterLink, sharedLink } from '../link'
import type { Link } from '../link'
import { isGood, Page, toldOf, toolStatuses } from '../page'
import type { Seen } from '../page'
import { outcomeOf, question, recover } from '../recovery'
import { OWN_SOCKET } from '../servers'
import { OWN } from '../../support/tool-names'

interface Frames {
  name: string
  answers: () => Answer[]
  /** How the turn must end: with an answer, or an error of this code. */
  end: 'answered' | 'length' | 'tool-calls' | ErrorCode
  /** The turn's tool calls, in order. */
  tools?: string[]
  waits?: boolean
  /** In the answer or its error. */
  words?: RegExp
  notWords?: RegExp
}

const [TOOL, ALL_PODS] = OWN.listPods
const NAMESPACES = { resource: 'namespaces' }

const call = answer.toolCall(TOOL, ALL_PODS)
const good = answer.text('There they are.')
const half = answer.text('Half an ')
const busy = answer.error(503, 'server busy, please try again.  maximum pending requests exceeded')
const failed = answer.error(500, 'llama runner process has terminated')
const broken = answer.toolCall(TOOL, '{"labelSelector": "app=w')

const FRAMES: Frames[] = [
  { name: 'swallowed error', answers: () => [half.cutOff(), good], end: 'answered', notWords: /Half/ },
  {
    name: 'swallowed error, again when asked whole',
    answers: () => [half.cutOff(), half.cutOff(), half.cutOff()],
    end: 'model-bad-response',
  },
  { name: 'swallowed error after a tool', answers: () => [call, half.cutOff(), good], end: 'answered', tools: ['ok'] },
  { name: 'missing [DONE]', answers: () => [good.noDone()], end: 'answered' },
  { name: 'no finish_reason', answers: () => [half.finish('none'), good], end: 'answered', notWords: /Half/ },
  { name: 'frames before v0.32.6', answers: () => [call.legacy(), good.legacy()], end: 'answered', tools: ['ok'] },
  {
    name: 'a byte at a time',
    answers: () => [call, answer.text('Đây là các pod ☸').everyByte()],
    end: 'answered',
    tools: ['ok'],
    words: /pod ☸/,
  },
  { name: '`length` in mid-text', answers: () => [call, half.finish('length')], end: 'length' },
  { name: '`length` in mid-call', answers: () => [broken.finish('length'), good], end: 'answered' },
  {
    name: '404, no such model',
    answers: () => [answer.error(404, "model 'gpt-oss:20b' not found", 'not_found_error')],
    end: 'model-not-found',
  },
  {
    name: '400, no tools',
    answers: () => [answer.error(400, 'registry.ollama.ai/library/gpt-oss:20b does not support tools')],
    end: 'model-no-tools',
  },
  {
    name: '400, invalid tool call arguments',
    answers: () => [answer.error(400, 'invalid tool call arguments')],
    end: 'model-bad-response',
  },
  { name: '401', answers: () => [answer.error(401, 'unauthorized')], end: 'model-bad-response' },
  { name: '500, then well', answers: () => [failed, good], end: 'answered' },
  { name: '500, for long', answers: () => [failed, failed], end: 'model-bad-response' },
  { name: '503, then free', answers: () => [busy, good], end: 'answered' },
  { name: '503, for long', answers: () => [busy, busy, busy], end: 'model-busy' },
  { name: 'HTML 502, then well', answers: () => [answer.html(502), good], end: 'answered' },
  {
    name: 'HTML 502, for long',
    answers: () => [answer.html(502), answer.html(502), answer.html(502)],
    end: 'model-unreachable',
  },
  { name: 'HTML 200', answers: () => [answer.html(200)], end: 'model-bad-response' },
  {
    name: 'leaked channel in a name',
    answers: () => [answer.toolCall(`${TOOL}<|channel|>analysis`, ALL_PODS), good],
    end: 'answered',
    tools: ['ok'],
  },
  {
    name: '`functions.` before a name',
    answers: () => [answer.toolCall(`functions.${TOOL}`, ALL_PODS), good],
    end: 'answered',
    tools: ['ok'],
  },
  {
    name: 'equal indexes',
    answers: () => [call.toolCall(TOOL, NAMESPACES, { index: 0 }), good],
    end: 'answered',
    tools: ['ok', 'ok'],
  },
  {
    name: 'equal ids',
    answers: () => [answer.toolCall(TOOL, ALL_PODS, { id: 'c' }), answer.toolCall(TOOL, NAMESPACES, { id: 'c' }), good],
    end: 'answered',
    tools: ['ok', 'ok'],
  },
  {
    name: 'fragmented arguments',
    answers: () => [answer.fragmentedCall(TOOL, ['{"resource":"po', 'ds","name', 'space":"kube-', 'system"}']), good],
    end: 'answered',
    tools: ['ok'],
  },
  { name: 'reset before the first token', answers: () => [answer.reset(), good], end: 'answered' },
  { name: 'reset in mid-text', answers: () => [half.reset(), good], end: 'answered', notWords: /Half/ },
  {
    name: 'reset, again when asked whole, and after each pause',
    answers: () => [half.reset(), ...Array.from({ length: 5 }, () => answer.reset())],
    end: 'model-unreachable',
    waits: true,
  },
  { name: 'stall in mid-text', answers: () => [half.hold(createGate())], end: 'model-stalled' },
  { name: 'silence before the headers', answers: () => [slow(), good], end: 'answered', tools: ['ok'] },
  { name: 'broken JSON in a call', answers: () => [broken, call, good], end: 'answered', tools: ['error', 'ok'] },
  {
    name: 'broken JSON three times',
    answers: () => [broken, broken, broken],
    end: 'model-bad-response',
    tools: ['error', 'error', 'error'],
  },
  {
    name: 'arguments that are no object',
    answers: () => [answer.toolCall(TOOL, '[]'), call, good],
    end: 'answered',
    tools: ['error', 'ok'],
  },
  {
    name: 'an unknown tool',
    answers: () => [answer.toolCall('get_pods', {}), call, good],
    end: 'answered',
    tools: ['error', 'ok'],
  },
  {
    name: 'the same call over and over',
    answers: () => [call, call, good],
    end: 'answered',
    tools: ['ok', 'error'],
  },
  {
    name: 'only the same call',
    answers: () => [call, call, call, call],
    end: 'tool-calls',
    // The last gets the answer that there are no more calls.
    tools: ['ok', 'error', 'error', 'error'],
    words: /Read the result/,
  },
  { name: 'reasoning only', answers: () => [answer.reasoning('Hm.'), good], end: 'answered' },
  {
    name: 'reasoning only, three times',
    answers: () => [answer.reasoning('Hm.'), answer.reasoning('Hm.'), answer.reasoning('Hm.')],
    end: 'model-empty',
  },
  {
    name: 'a call written as text',
    answers: () => [answer.text(`{"name": "${TOOL}", "parameters": {"resource": "pods"}}`), call, good],
    end: 'answered',
    tools: ['ok'],
    notWords: /parameters/,
  },
  {
    name: 'narrating',
    answers: () => [answer.text('Run this:\n\n```\nkubectl get pods -A\n```'), call, good],
    end: 'answered',
    tools: ['ok'],
  },
  {
    name: 'an error frame',
    answers: () => [half.raw('data: {"error":{"message":"out of memory"}}\n\n'), good],
    end: 'answered',
    notWords: /Half/,
  },
  { name: 'a frame that is no JSON', answers: () => [half.raw('data: {oops\n\n')], end: 'model-bad-response' },
]

/** Longer than a silent model is tolerated. In milliseconds. */
const SILENCE_MS = 2000

function slow(): Answer {
  const gate = createGate()
  void gate.reached.then(() => setTimeout(gate.release, SILENCE_MS))
  return answer.hold(gate).toolCall(TOOL, ALL_PODS)
}

export const frames: Fault[] = FRAMES.map((each) => ({
  name: `frames: ${each.name}`,
  transport: '–',
  ...(each.waits && { waits: true }),
  setUp: async () => {
    const link = await (each.waits ? openClusterLink(OWN_SOCKET) : sharedLink(OWN_SOCKET))
    return { run: () => run(each, link), close: each.waits ? link.close : async () => undefined }
  },
}))

/** Uses a new conversation: in a long one results are shortened, and the model may request them again. */
async function run(frames: Frames, { app, model }: Link): Promise<Outcome> {
  const page = new Page(app.url)
  model.enqueue(...frames.answers())
  const seen = await page.ask(question()).seen
  const left = model.unplayed()
  const recovered = await recover(page, model)
  const outcome = outcomeOf(seen, toldOf(seen), recovered)
  const wrong = [
    ...differences(frames, seen),
    ...(left > 0 && frames.end === 'answered' ? [`${left} answers were not asked for`] : []),
  ]
  return wrong.length > 0 ? { ...outcome, problem: [outcome.problem, ...wrong].filter(Boolean).join('\n') } : outcome
}

function differences({ end, tools, words, notWords }: Frames, seen: Seen): string[] {
  const { message } = seen
  const { error, finishReason, notices = [] } = message?.metadata ?? {}
  const ending = error?.code ?? (finishReason === 'stop' ? 'answered' : finishReason)
  const text = message ? messageText(message) : ''
  const said = [text, error?.message, ...notices.map((each) => (typeof each === 'string' ? each : each.text))].join(
    '\n',
  )
  const called = toolStatuses(seen)
  return [
    ...(ending === end ? [] : [`it ended with ${ending}, and not with ${end}`]),
    ...(tools && tools.join() !== called.join() ? [`its tools were ${called.join()}, and not ${tools.join()}`] : []),
    ...(words && !words.test(said) ? [`"${said}" has no ${words}`] : []),
    ...(notWords?.test(text) ? [`"${text}" has ${notWords}`] : []),
    ...(end === 'answered' && !tools && !isGood(seen) ? [`its answer is not good: ${toldOf(seen)}`] : []),
  ]
}
