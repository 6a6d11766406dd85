/**
 * The model server is killed in mid-answer. In every other run it restarts at once, otherwise after the turn has ended.
 */
import { fileURLToPath } from 'node:url'
import { freePort, startApp, startProgram } from '../../support/app'
import type { Program } from '../../support/app'
import { sharedCluster } from '../cluster'
import type { Fault, Outcome, Scene } from '../fault'
import { Page, toldOf } from '../page'
import { send } from '../processes'
import { outcomeOf, question, recover } from '../recovery'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const HOLDS = [
  ['first', 'before the first token'],
  ['text', 'in mid-text'],
  ['call', 'in mid-tool-call'],
] as const
type Hold = (typeof HOLDS)[number][0]

export const modelKilled: Fault[] = HOLDS.map(([hold, when]) => ({
  name: `model server killed ${when}`,
  transport: '–',
  waits: true,
  setUp: () => setUp(hold),
}))

async function setUp(hold: Hold): Promise<Scene> {
  const port = await freePort()
  const cluster = await sharedCluster()
  let model = await startModelProcess(port, '')
  const app = await startApp({
    OLLAMA_BASE_URL: `http://127.0.0.1:${port}`,
    KUBECONFIG: cluster.kubeconfig,
    MAX_TURNS_PER_MINUTE: '100000',
  })
  const page = new Page(app.url)

  async function run(at: number): Promise<Outcome> {
    await model.stop()
    model = await startModelProcess(port, hold)
    await recover(page, model)
    const asked = page.ask(question('break this one'))
    await model.until('holding', () => model.logs().includes('holding') || undefined)
    if (hold === 'text') await asked.until('text-delta')
    send(model.pid, 'SIGKILL')
    await model.ended
    if (at % 2 === 1) await asked.seen
    model = await startModelProcess(port, '')
    const since = performance.now()
    const seen = await asked.seen
    return outcomeOf(seen, toldOf(seen), await recover(page, model, since))
  }

  const close = async () => {
    await app.stop()
    await model.stop()
  }
  return { run, close }
}

/** It rejects an invalid history itself, so a good answer proves a valid one. */
async function startModelProcess(port: number, hold: Hold | ''): Promise<Program & { violations: () => string[] }> {
  const args = [...process.execArgv, here('../processes/model.ts')]
  const program = startProgram(process.execPath, args, { PORT: String(port), MODEL_HOLD: hold })
  await program.until('listening', () => program.logs().includes('listening') || undefined)
  return { ...program, violations: () => [] }
}
