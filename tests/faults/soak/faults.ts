/** The faults of the soak: each breaks one turn, and the next must succeed. */
import { answer, createGate } from '../../support/ollama'
import type { ClusterLink } from '../link'
import type { Page, Seen } from '../page'
import { send } from '../processes'
import { question } from '../recovery'

type SoakFault = (link: ClusterLink, page: Page) => Promise<Seen>

export const FAULTS: SoakFault[] = [
  killedWhileIdle,
  (link, page) => modelAnswers(link, page, answer.text('Half an ').cutOff(), answer.text('Whole.')),
  killedDuringRead,
  (link, page) => modelAnswers(link, page, answer.text('Half an ').reset(), answer.text('Whole.')),
  pageGoesInText,
  (link, page) => modelAnswers(link, page, answer.error(500, 'llama runner process has terminated')),
  pageGoesInCall,
  (link, page) => modelAnswers(link, page, answer.toolCall(link.way.tools.listPods[0], '{"labelSelector": "app=w')),
  reloads,
  (link, page) => modelAnswers(link, page, answer.html(200)),
]

async function killedWhileIdle({ serverPid, untilBack }: ClusterLink, page: Page): Promise<Seen> {
  const pid = await serverPid()
  send(pid, 'SIGKILL')
  await untilBack(pid)
  return await page.ask(question()).seen
}

async function killedDuringRead({ cluster, serverPid, untilBack }: ClusterLink, page: Page): Promise<Seen> {
  const pid = await serverPid()
  const held = cluster.holdRead()
  const asked = page.ask(question())
  await held.reached
  send(pid, 'SIGKILL')
  await untilBack(pid)
  const seen = await asked.seen
  held.release()
  return seen
}

async function modelAnswers({ model }: ClusterLink, page: Page, ...answers: (typeof answer)[]): Promise<Seen> {
  model.enqueue(...answers)
  const seen = await page.ask(question()).seen
  model.dropQueue()
  return seen
}

async function pageGoesInText({ model }: ClusterLink, page: Page): Promise<Seen> {
  model.enqueue(answer.text('Half an ').hold(createGate()))
  const leave = new AbortController()
  const asked = page.ask(question(), { leave: leave.signal })
  await asked.until('text-delta')
  leave.abort()
  return await asked.seen
}

async function pageGoesInCall({ cluster }: ClusterLink, page: Page): Promise<Seen> {
  const held = cluster.holdRead()
  const leave = new AbortController()
  const asked = page.ask(question(), { leave: leave.signal })
  await held.reached
  leave.abort()
  const seen = await asked.seen
  held.release()
  return seen
}

async function reloads({ model }: ClusterLink, page: Page): Promise<Seen> {
  const gate = createGate()
  model.enqueue(answer.text('Half an ').hold(gate).text('answer.'))
  const leave = new AbortController()
  const asked = page.ask(question(), { leave: leave.signal, resumable: true })
  await asked.until('text-delta')
  leave.abort()
  await asked.seen
  const again = page.resume()
  await again.until('text-delta')
  gate.release()
  return await again.seen
}
