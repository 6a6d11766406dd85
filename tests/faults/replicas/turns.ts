/** The turns of the replicas: each may lose its replica at its most delicate moment. */
import { answer, createGate } from '../../support/ollama'
import { answerTo, postChat } from '../../support/approvals'
import type { ChatAnswer } from '../../../shared/chat/answer'
import { OWN_WRITING } from '../servers'
import { Page, isGood, isWordless, toldOf } from '../page'
import { until } from '../processes'
import { question } from '../recovery'
import type { ReplicaIndex, Setting } from './setting'

export interface TurnOutcome {
  /** What the user saw. */
  told: string
  /** The user saw neither an answer nor an error. */
  isLost: boolean
  /** An undisturbed turn that did not end as it should. */
  problem?: string
  /** Writes that were executed although they were not approved, or more than once. */
  wrongWrites: number
}

/** @param kill absent: the turn is not disturbed */
export type ReplicaTurn = (setting: Setting, at: ReplicaIndex, kill?: () => Promise<void>) => Promise<TurnOutcome>

export const TURNS: Record<string, ReplicaTurn> = { read, reload, stop, approve, decline }

const cookieOf = (at: ReplicaIndex) => ({ cookie: `replica=${at}` })

async function read({ url, cluster }: Setting, at: ReplicaIndex, kill?: () => Promise<void>): Promise<TurnOutcome> {
  const held = kill && cluster.holdRead()
  const asked = new Page(url, cookieOf(at)).ask(question(), { resumable: true })
  if (held) {
    await held.reached
    await kill()
    held.release()
  }
  const seen = await asked.seen
  const isBad = !kill && !isGood(seen)
  return { told: toldOf(seen), isLost: isWordless(seen), wrongWrites: 0, ...(isBad && { problem: toldOf(seen) }) }
}

async function reload({ url, model }: Setting, at: ReplicaIndex, kill?: () => Promise<void>): Promise<TurnOutcome> {
  const gate = createGate()
  model.enqueue(answer.text('Half an ').hold(gate).text('answer about pods.'))
  const page = new Page(url, cookieOf(at))
  const leave = new AbortController()
  const asked = page.ask(question('Hello'), { leave: leave.signal, resumable: true })
  await asked.until('text-delta')
  leave.abort()
  await asked.seen
  await kill?.()
  const again = page.resume()
  if (!kill) await again.until('text-delta')
  gate.release()
  const seen = await again.seen
  const isBad = !kill && seen.end !== 'finish'
  return { told: toldOf(seen), isLost: isWordless(seen), wrongWrites: 0, ...(isBad && { problem: toldOf(seen) }) }
}

async function stop({ url, model }: Setting, at: ReplicaIndex, kill?: () => Promise<void>): Promise<TurnOutcome> {
  model.enqueue(answer.text('Half an ').hold(createGate()))
  const asked = new Page(url, cookieOf(at)).ask(question('Hello'), { resumable: true })
  await asked.until('text-delta')
  await kill?.()
  await fetch(`${url}/api/turns/${asked.turnId}/stop`, { method: 'POST', headers: cookieOf(at) })
  const seen = await asked.seen
  const isBad = !kill && seen.message?.metadata?.finishReason !== 'aborted'
  return { told: toldOf(seen), isLost: isWordless(seen), wrongWrites: 0, ...(isBad && { problem: toldOf(seen) }) }
}

/** Approves at both replicas at the same moment, and again after the fault: one execution at most. */
async function approve(setting: Setting, at: ReplicaIndex, kill?: () => Promise<void>): Promise<TurnOutcome> {
  const { url, cluster, model, replica } = setting
  const { id, before, approvals } = await requested(setting, at, true)
  model.enqueue(answer.text('Done.'), answer.text('Done.'))
  if (!kill) {
    const other: ReplicaIndex = at === 0 ? 1 : 0
    const both = await Promise.all([at, other].map((each) => decided(replica(each).url, id, approvals, {})))
    const statuses = both.map(({ status }) => status).sort()
    const executed = cluster.mutations() - before
    const isBad = executed !== 1 || statuses.join() !== 'expired,ok'
    return {
      told: statuses.join(' and '),
      isLost: both.some(({ isLost }) => isLost),
      wrongWrites: Math.max(0, executed - 1),
      ...(isBad && { problem: `${executed} executions, ${statuses.join()}` }),
    }
  }
  const held = cluster.holdWrite(Math.random() < 0.5 ? 'before' : 'after')
  const first = decided(url, id, approvals, cookieOf(at))
  await held.reached
  await kill()
  held.release()
  const cut = await first
  await until('the write is executed', () => cluster.mutations() > before || undefined)
  // The page posts the same answer again, to the other replica.
  const again = await decided(url, id, approvals, cookieOf(at))
  return {
    told: `${cut.status}, then ${again.status}`,
    isLost: cut.isLost || again.isLost,
    wrongWrites: Math.max(0, cluster.mutations() - before - 1),
  }
}

async function decline(setting: Setting, at: ReplicaIndex, kill?: () => Promise<void>): Promise<TurnOutcome> {
  const { url, cluster, model } = setting
  const { id, before, approvals } = await requested(setting, at, false)
  await kill?.()
  model.enqueue(answer.text('As you like.'))
  const { status, isLost } = await decided(url, id, approvals, cookieOf(at))
  const isBad = status !== 'declined'
  return { told: status, isLost, wrongWrites: cluster.mutations() - before, ...(isBad && { problem: status }) }
}

let conversations = 0

async function requested({ url, cluster, model }: Setting, at: ReplicaIndex, approved: boolean) {
  const id = `replicas-${++conversations}`
  const { namespace, name } = cluster.target
  model.enqueue(answer.toolCall(...OWN_WRITING.write(namespace, name, id)))
  const asked = await postChat(url, question('Change it'), { id, headers: cookieOf(at) })
  const approvals = (asked.approvals ?? []).map((each) => answerTo(each, { approved }))
  if (approvals.length !== 1) throw new Error(`no approval was asked for: ${JSON.stringify(asked).slice(0, 1000)}`)
  return { id, before: cluster.mutations(), approvals }
}

/** Posts the answer to an approval. A broken connection is an error that the page shows. */
async function decided(url: string, id: string, approvals: object[], headers: Record<string, string>) {
  const answered = await postChat(url, 'Change it', { id, approvals, headers }).catch((error: unknown) => String(error))
  if (typeof answered === 'string') return { status: `error "${answered.slice(0, 60)}"`, isLost: false }
  return { status: answered.toolCalls[0]?.status ?? 'nothing', isLost: isSilent(answered) }
}

function isSilent({ toolCalls, message, error }: ChatAnswer): boolean {
  return toolCalls.length === 0 && message.content === '' && error === undefined
}
