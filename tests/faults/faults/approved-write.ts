/**
 * An MCP server is killed while a change runs that a person approved: the one that reads, which must not matter, or the one
 * that changes the cluster, after which nobody can tell what became of the change.
 */
import { startApp } from '../../support/app'
import { answerTo, postChat } from '../../support/approvals'
import { answer } from '../../support/ollama'
import { OWN } from '../../support/tool-names'
import { sharedCluster } from '../cluster'
import type { Fault, Outcome } from '../fault'
import { startModel } from '../model'
import { Page, short } from '../page'
import { childrenOf, send, until } from '../processes'
import { outcomeOf, question, recover } from '../recovery'
import { CONT_STDIO } from '../servers'
import { shared } from '../shared'

const VICTIMS = {
  reads: { command: /mcp\/server\.mjs/, status: 'ok', what: 'that reads' },
  changes: { command: /kubernetes-mcp-server/, status: 'unknown', what: 'that writes' },
} as const
type Victim = keyof typeof VICTIMS

export const approvedWrite: Fault[] = (['reads', 'changes'] as const).map((victim) => ({
  name: `MCP server ${VICTIMS[victim].what} killed during an approved write`,
  transport: 'built-in',
  limitMs: 2000,
  setUp: async () => {
    const { run } = await setting()
    return { run: (at) => run(victim, at), close: async () => undefined }
  },
}))

const setting = shared(startSetting)

async function startSetting() {
  const cluster = await sharedCluster()
  const model = await startModel(OWN)
  const env = { OLLAMA_BASE_URL: model.url, KUBECONFIG: cluster.kubeconfig, MAX_TURNS_PER_MINUTE: '100000' }
  const app = await startApp({ ...env, ACCESS_MODE: 'approve' })
  let count = 0

  async function run(victim: Victim, at: number): Promise<Outcome> {
    const { command, status: expected } = VICTIMS[victim]
    const id = `approved-${++count}`
    const page = new Page(app.url)
    const { namespace, name } = cluster.target
    await recover(page, model)
    const call = CONT_STDIO.write?.(namespace, name, `run-${count}`)
    if (!call) throw new Error('no call')
    model.enqueue(answer.toolCall(...call))
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
    const problems = [
      ...(done?.status === expected ? [] : [`the change is ${done?.status}, and not ${expected}`]),
      ...(victim === 'reads' && !more.some(({ status }) => status === 'ok') ? ['it was not read back'] : []),
    ]
    return { ...outcome, executedTwice, ...(problems.length > 0 && { problem: problems.join('\n') }) }
  }

  const close = async () => {
    await app.stop()
    await model.close()
  }
  return { run, close }
}
