/** The assistant itself is stopped in mid-turn, cleanly or not, and restarted. */
import { startApp } from '../../support/app'
import type { App } from '../../support/app'
import { answer, createGate } from '../../support/ollama'
import { sharedCluster } from '../cluster'
import type { FaultCluster } from '../cluster'
import type { Fault, Outcome } from '../fault'
import { startModel } from '../model'
import type { FaultModel } from '../model'
import { Page, toldOf } from '../page'
import { alive, childrenOf, send, until } from '../processes'
import { outcomeOf, question, recover } from '../recovery'
import { KUBERNETES_MCP_SERVER_STDIO, MCP_SERVER_KUBERNETES_STDIO, OWN_SOCKET } from '../servers'
import { shared } from '../shared'
import type { Way } from '../servers'

/** Time until the children of a killed server end, in milliseconds. */
const CHILDREN_MS = 2000

interface Setting {
  app: App
  page: Page
  model: FaultModel
  cluster: FaultCluster
  children: number[]
}

/** @returns the turn's outcome; the process and its children are checked afterwards */
type Break = (
  setting: Setting,
) => Promise<{ told: string; seen: Awaited<ReturnType<Page['ask']>['seen']> } & Partial<Outcome>>

const half = () => answer.text('Half an ').hold(createGate())

export const serverStopped: Fault[] = [
  fault('SIGTERM in mid-text, which ends in time', OWN_SOCKET, inTime),
  fault('SIGTERM in mid-text, which does not end', OWN_SOCKET, tooLate),
  fault('SIGTERM in a tool call', OWN_SOCKET, inCall),
  fault('kill -9 in mid-text', OWN_SOCKET, killed),
  fault('kill -9 in a tool call', OWN_SOCKET, killedInCall),
  fault('SIGTERM in mid-text, which ends in time', KUBERNETES_MCP_SERVER_STDIO, inTime),
  fault('SIGTERM in mid-text, which does not end', KUBERNETES_MCP_SERVER_STDIO, tooLate),
  fault('SIGTERM in a tool call', KUBERNETES_MCP_SERVER_STDIO, inCall),
  fault('kill -9 in mid-text', KUBERNETES_MCP_SERVER_STDIO, killed),
  fault('kill -9 in mid-text', MCP_SERVER_KUBERNETES_STDIO, killed),
  fault('kill -9 in a tool call', KUBERNETES_MCP_SERVER_STDIO, killedInCall),
  fault('kill -9 in a tool call', MCP_SERVER_KUBERNETES_STDIO, killedInCall),
]

function fault(what: string, way: Way, breakIt: Break): Fault {
  const { transport, skipped } = way
  const setUp = async () => {
    const setting = settings.get(way)
    if (!setting) throw new Error(`there is no setting for ${transport}`)
    const { run } = await setting()
    return { run: () => run(breakIt), close: async () => undefined }
  }
  return { name: `assistant: ${what}`, transport, ...(skipped !== undefined && { skipped }), setUp }
}

const settings = new Map(
  [OWN_SOCKET, KUBERNETES_MCP_SERVER_STDIO, MCP_SERVER_KUBERNETES_STDIO].map((way) => [
    way,
    shared(() => startSetting(way)),
  ]),
)

async function startSetting(way: Way) {
  const cluster = await sharedCluster()
  const model = await startModel(way.tools)
  const start = () =>
    startApp({
      MAX_TURNS_PER_MINUTE: '100000',
      OLLAMA_BASE_URL: model.url,
      KUBECONFIG: cluster.kubeconfig,
      MCP_SERVER_COMMAND: way.command,
      SHUTDOWN_GRACE_SECONDS: '2',
    })
  let app = await start()

  async function run(breakIt: Break): Promise<Outcome> {
    const page = new Page(app.url)
    await recover(page, model)
    const children = (await childrenOf(app.pid)).map(({ pid }) => pid)
    if (children.length !== 1) throw new Error(`the assistant has ${children.length} children`)
    const { seen, told, ...more } = await breakIt({ app, page, model, cluster, children })
    await app.ended
    app = await start()
    page.url = app.url
    return { ...outcomeOf(seen, told, await recover(page, model)), ...more }
  }

  const close = async () => {
    await app.stop()
    await model.close()
  }
  return { run, close }
}

async function inTime({ app, page, model, children }: Setting) {
  const gate = createGate()
  model.enqueue(answer.text('Half an ').hold(gate).text('answer.'))
  const asked = page.ask(question())
  await asked.until('text-delta')
  send(app.pid, 'SIGTERM')
  await until('not ready', async () => ((await fetch(`${app.url}/ready`)).status === 503 ? true : undefined))
  gate.release()
  const seen = await asked.seen
  return { seen, told: toldOf(seen), ...(await endedWell(app, children)) }
}

async function tooLate({ app, page, model, children }: Setting) {
  model.enqueue(half())
  const asked = page.ask(question())
  await asked.until('text-delta')
  send(app.pid, 'SIGTERM')
  const seen = await asked.seen
  return { seen, told: toldOf(seen), ...(await endedWell(app, children)) }
}

async function inCall({ app, page, cluster, children }: Setting) {
  const held = cluster.holdRead()
  const asked = page.ask(question())
  await held.reached
  send(app.pid, 'SIGTERM')
  const seen = await asked.seen
  await held.closed
  held.release()
  return { seen, told: toldOf(seen), ...(await endedWell(app, children)) }
}

async function killed({ app, page, model, children }: Setting) {
  model.enqueue(half())
  const asked = page.ask(question())
  await asked.until('text-delta')
  send(app.pid, 'SIGKILL')
  await childrenGone(children)
  const seen = await asked.seen
  return { seen, told: toldOf(seen) }
}

/** A child may outlive the server until its kubectl command ends. */
async function killedInCall({ app, page, cluster, children }: Setting) {
  const held = cluster.holdRead()
  const asked = page.ask(question())
  await held.reached
  send(app.pid, 'SIGKILL')
  const seen = await asked.seen
  held.release()
  await childrenGone(children)
  return { seen, told: toldOf(seen) }
}

async function endedWell(app: App, children: number[]): Promise<Partial<Outcome>> {
  const { code, signal } = await app.ended
  await childrenGone(children)
  return code === 0 ? {} : { problem: `it ended with ${code ?? signal}` }
}

async function childrenGone(children: number[]): Promise<void> {
  const gone = async () => ((await alive(children)).length === 0 ? true : undefined)
  await until('the children are gone', gone, CHILDREN_MS)
}
