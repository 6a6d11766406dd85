/**
 * Kills an MCP server during an approved change: the one that runs it (the outcome is then unknown), or ours beside it
 * (which must not matter).
 */
import { startApp } from '../../support/app'
import { answerTo, postChat } from '../../support/approvals'
import { answer } from '../../support/ollama'
import { sharedCluster } from '../cluster'
import type { Fault, Outcome } from '../fault'
import { startModel } from '../model'
import { Page, short } from '../page'
import { childrenOf, send, until } from '../processes'
import { outcomeOf, question, recover } from '../recovery'
import { KUBERNETES_MCP_SERVER_WRITING, OWN_WRITING } from '../servers'
import type { WritingWay } from '../servers'
import { shared } from '../shared'

interface Victim {
  name: string
  /** Environment of the assistant. */
  way: WritingWay
  /** Command of the process to kill. */
  command: RegExp
  /** Resulting status of the change. */
  status: 'ok' | 'unknown'
}

const OWN = /mcp\/server\.mjs/

const VICTIMS: Victim[] = [
  { name: 'MCP server killed during an approved write', way: OWN_WRITING, command: OWN, status: 'unknown' },
  {
    name: 'MCP server killed during an approved write',
    way: KUBERNETES_MCP_SERVER_WRITING,
    command: /kubernetes-mcp-server/,
    status: 'unknown',
  },
  // It only reports cluster and user.
  {
    name: 'own MCP server killed beside an approved write',
    way: KUBERNETES_MCP_SERVER_WRITING,
    command: OWN,
    status: 'ok',
  },
]

export const approvedWrite: Fault[] = VICTIMS.map((victim) => ({
  name: victim.name,
  transport: victim.way.transport,
  limitMs: victim.way.limitMs,
  setUp: async () => {
    const setting = settings.get(victim.way)
    if (!setting) throw new Error(`there is no setting for ${victim.way.transport}`)
    const { run } = await setting()
    return { run: (at) => run(victim, at), close: async () => undefined }
  },
}))

const settings = new Map(
  [OWN_WRITING, KUBERNETES_MCP_SERVER_WRITING].map((way) => [way, shared(() => startSetting(way))]),
)

async function startSetting(way: WritingWay) {
  const cluster = await sharedCluster()
  const model = await startModel(way.tools)
  const app = await startApp({
    OLLAMA_BASE_URL: model.url,
    KUBECONFIG: cluster.kubeconfig,
    MCP_SERVER_COMMAND: way.command,
    ACCESS_MODE: 'approve',
    MAX_TURNS_PER_MINUTE: '100000',
  })
  let count = 0

  async function run({ command, status: expected }: Victim, at: number): Promise<Outcome> {
    const id = `approved-${++count}`
    const page = new Page(app.url)
    const { namespace, name } = cluster.target
    await recover(page, model)
    model.enqueue(answer.toolCall(...way.write(namespace, name, `run-${id}`)))
    const words = question('Change it')
    const asked = await postChat(app.url, words, { id })
    const approvals = (asked.approvals ?? []).map((each) => answerTo(each, { approved: true }))
    if (approvals.length !== 1) throw new Error(`${approvals.length} approvals: ${JSON.stringify(asked.toolCalls)}`)
    const before = cluster.mutations()
    const held = cluster.holdWrite(at % 2 === 0 ? 'after' : 'before')
    model.enqueue(answer.text('Done.'))
    const deciding = postChat(app.url, words, { id, approvals })
    await held.reached
    const pid = await until(
      'the server',
      async () => (await childrenOf(app.pid)).find((child) => command.test(child.command))?.pid,
    )
    send(pid, 'SIGKILL')
    await until('it is gone', async () =>
      (await childrenOf(app.pid)).some((child) => child.pid === pid) ? undefined : true,
    )
    const since = performance.now()
    held.release()
    const [done, ...more] = (await deciding).toolCalls
    model.unplayed()
    await until('the write is executed', () => cluster.mutations() > before || undefined)
    const recovered = await recover(page, model, since)
    const told = [done, ...more].map((each) => `${each?.name} ${each?.status}`).join(', ')
    const last = recovered.tries.at(-1)
    const outcome: Outcome = last
      ? outcomeOf(last, short(told), recovered)
      : { told: short(told), problem: 'no question was asked' }
    const executedTwice = cluster.mutations() - before - 1
    if (done?.status === expected) return { ...outcome, executedTwice }
    return { ...outcome, executedTwice, problem: `the change is ${done?.status}, and not ${expected}` }
  }

  const close = async () => {
    await app.stop()
    await model.close()
  }
  return { run, close }
}
