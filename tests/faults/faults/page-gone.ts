/** The browser disconnects in mid-answer. */
import type { Fault, Outcome } from '../fault'
import { messageText } from '../../../utils/chat/messages'
import { answer, createGate } from '../../support/ollama'
import type { RecordedRequest } from '../../support/ollama'
import { openSocket } from '../../support/socket'
import { sharedLink } from '../link'
import type { ClusterLink } from '../link'
import { isGood, toldOf } from '../page'
import { outcomeOf, question, recover } from '../recovery'
import { OWN_SOCKET } from '../servers'

/** Time for the model to see the end of an abandoned turn, in milliseconds. */
const AT_ONCE_MS = 1000
/** Above the links' TURN_GRACE_SECONDS. */
const AFTER_GRACE_MS = 4000

export const pageGone: Fault[] = [
  fault('in mid-text, for good', forGood),
  fault('in a tool call, for good', inCall),
  fault('with its socket', withSocket),
  fault('in mid-text, and comes back', comesBack),
  fault('resumable, and never comes back', neverBack),
]

function fault(what: string, run: (link: ClusterLink) => Promise<Outcome>): Fault {
  const setUp = async () => {
    const link = await sharedLink(OWN_SOCKET)
    return { run: () => run(link), close: async () => undefined }
  }
  return { name: `browser gone ${what}`, transport: '–', setUp }
}

const half = () => answer.text('Half an ').hold(createGate())

async function forGood(link: ClusterLink): Promise<Outcome> {
  const { page, model } = link
  model.enqueue(half())
  const leave = new AbortController()
  const asked = page.ask(question(), { leave: leave.signal })
  await asked.until('text-delta')
  const asking = lastChat(link)
  const leftAt = performance.now()
  leave.abort()
  const seen = await asked.seen
  return {
    ...outcomeOf(seen, toldOf(seen), await recover(page, model)),
    ...(await endedWithin(AT_ONCE_MS, asking, leftAt)),
  }
}

/** The call is cancelled down to the cluster. */
async function inCall({ page, model, cluster }: ClusterLink): Promise<Outcome> {
  const held = cluster.holdRead()
  const leave = new AbortController()
  const asked = page.ask(question(), { leave: leave.signal })
  await held.reached
  const leftAt = performance.now()
  leave.abort()
  await held.closed
  const ms = performance.now() - leftAt
  held.release()
  const seen = await asked.seen
  const outcome = outcomeOf(seen, toldOf(seen), await recover(page, model))
  return ms < AT_ONCE_MS ? outcome : { ...outcome, problem: `the call was given up after ${Math.round(ms)} ms` }
}

async function withSocket(link: ClusterLink): Promise<Outcome> {
  const { app, page, model } = link
  model.enqueue(half())
  const socket = await openSocket(app.url)
  const messages = [{ role: 'user', content: question() }]
  socket.send({ type: 'chat', body: { messages } })
  while ((await socket.next()).chunk?.type !== 'text-delta');
  const asking = lastChat(link)
  const leftAt = performance.now()
  socket.close()
  const ended = await endedWithin(AT_ONCE_MS, asking, leftAt)
  const { tries, ...recovered } = await recover(page, model)
  return { ...recovered, told: `left; then ${tries.map(toldOf).join('; ')}`, ...ended }
}

/** Sent once, received once and complete. */
async function comesBack({ page, model }: ClusterLink): Promise<Outcome> {
  const gate = createGate()
  model.enqueue(answer.text('Half an ').hold(gate).text('answer, and the rest.'))
  const leave = new AbortController()
  const before = model.chats().length
  const asked = page.ask(question(), { leave: leave.signal, resumable: true })
  await asked.until('text-delta')
  leave.abort()
  await asked.seen
  const again = page.resume()
  await again.until('text-delta')
  gate.release()
  const seen = await again.seen
  const requests = model.chats().length - before
  const text = seen.message ? messageText(seen.message) : ''
  const isWhole = isGood(seen) && text === 'Half an answer, and the rest.' && requests === 1
  const outcome = outcomeOf(seen, `taken up: ${toldOf(seen)}`, await recover(page, model))
  return isWhole ? outcome : { ...outcome, problem: `the answer is "${text}", after ${requests} requests` }
}

async function neverBack(link: ClusterLink): Promise<Outcome> {
  const { page, model } = link
  model.enqueue(half())
  const leave = new AbortController()
  const asked = page.ask(question(), { leave: leave.signal, resumable: true })
  await asked.until('text-delta')
  const asking = lastChat(link)
  const leftAt = performance.now()
  leave.abort()
  const seen = await asked.seen
  const ended = await endedWithin(AFTER_GRACE_MS, asking, leftAt)
  return { ...outcomeOf(seen, toldOf(seen), await recover(page, model)), ...ended }
}

function lastChat({ model }: ClusterLink): RecordedRequest {
  const found = model.requests.findLast(({ path }) => path === '/v1/chat/completions')
  if (!found) throw new Error('the model was not asked')
  return found
}

/** The model stops generating for a client that has left. */
async function endedWithin(ms: number, asking: RecordedRequest, leftAt: number): Promise<Pick<Outcome, 'problem'>> {
  const { at, complete } = await asking.closed
  const after = Math.round(at - leftAt)
  return after < ms && !complete ? {} : { problem: `the model was let go after ${after} ms (complete: ${complete})` }
}
