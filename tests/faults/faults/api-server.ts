/**
 * Stops and restarts the API server below all MCP servers with the shell commands TEST_APISERVER_STOP and
 * TEST_APISERVER_START; the second returns when it is ready.
 */
import { exec } from 'node:child_process'
import { promisify } from 'node:util'
import { testKubeconfig } from '../../support/app'
import type { Fault, Outcome, Scene } from '../fault'
import { openLink } from '../link'
import type { Link } from '../link'
import { toldOf } from '../page'
import { outcomeOf, question, recover } from '../recovery'
import { WAYS } from '../servers'

const shell = promisify(exec)

const { TEST_APISERVER_STOP: stop = '', TEST_APISERVER_START: start = '' } = process.env
const there = testKubeconfig !== undefined && stop !== '' && start !== ''

export const apiServer: Fault[] = [
  {
    name: 'API server down and back',
    transport: 'all',
    ...(!there && { skipped: 'TEST_KUBECONFIG, TEST_APISERVER_STOP and TEST_APISERVER_START are not all set' }),
    setUp: scene,
  },
]

async function scene(): Promise<Scene> {
  const links: Link[] = []
  const close = async () => {
    for (const link of links) await link.close()
  }
  try {
    for (const way of WAYS) if (way.skipped === undefined) links.push(await openLink(way, testKubeconfig ?? ''))
    for (const { page, model } of links) await recover(page, model)
  } catch (error) {
    await close()
    throw error
  }
  return { run: () => run(links), close }
}

async function run(links: Link[]): Promise<Outcome> {
  await shell(stop)
  let asked
  try {
    asked = await Promise.all(links.map(({ page }) => page.ask(question()).seen))
  } finally {
    await shell(start)
  }
  const outcomes: Outcome[] = []
  for (const [at, { way, page, model }] of links.entries()) {
    const seen = asked[at]
    if (!seen) continue
    const outcome = outcomeOf(seen, toldOf(seen), await recover(page, model))
    outcomes.push({ ...outcome, told: `${way.transport}: ${outcome.told}` })
  }
  const problems = outcomes.flatMap(({ problem }) => problem ?? [])
  return {
    told: outcomes.map(({ told }) => told).join(' / '),
    recoveryMs: Math.max(...outcomes.map(({ recoveryMs = 0 }) => recoveryMs)),
    isLost: outcomes.some(({ isLost }) => isLost),
    isUnusable: outcomes.some(({ isUnusable }) => isUnusable),
    ...(problems.length > 0 && { problem: problems.join('\n') }),
  }
}
