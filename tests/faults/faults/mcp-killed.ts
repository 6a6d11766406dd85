/** The MCP server is killed while idle, during a read, or during a write. */
import type { Fault, Outcome, Scene } from '../fault'
import { sharedLink } from '../link'
import type { ClusterLink } from '../link'
import { isGood, toldOf } from '../page'
import { send } from '../processes'
import { outcomeOf, question, recover } from '../recovery'
import { WAYS } from '../servers'
import type { Way, WritingWay } from '../servers'
import { writeScene } from './write-scene'

export const mcpKilled: Fault[] = WAYS.flatMap((way) => [
  { ...about(way, 'killed while idle'), setUp: () => linkScene(way, whileIdle) },
  { ...about(way, 'killed during a read'), setUp: () => linkScene(way, duringRead) },
  ...(canWrite(way) ? [{ ...about(way, 'killed during a write'), setUp: () => writeScene(way) }] : []),
])

function canWrite(way: Way): way is WritingWay {
  return way.write !== undefined
}

function about({ transport, limitMs, skipped }: Way, what: string) {
  return { name: `MCP server ${what}`, transport, limitMs, ...(skipped !== undefined && { skipped }) }
}

async function linkScene(way: Way, run: (link: ClusterLink) => Promise<Outcome>): Promise<Scene> {
  const link = await sharedLink(way)
  return { run: () => run(link), close: async () => undefined }
}

async function whileIdle(link: ClusterLink): Promise<Outcome> {
  const { page, model, links, serverPid, untilBack } = link
  const before = await page.ask(question()).seen
  const pid = await serverPid()
  links.told()
  send(pid, 'SIGKILL')
  await untilBack(pid)
  const recovered = await recover(page, model)
  return outcomeOf(before, `link ${links.told()}`, recovered)
}

/** The read is waiting in the cluster when its server is killed, and is retried on the next server. */
async function duringRead(link: ClusterLink): Promise<Outcome> {
  const { page, model, cluster, links, serverPid, untilBack } = link
  const pid = await serverPid()
  const held = cluster.holdRead()
  const asked = page.ask(question())
  await held.reached
  links.told()
  send(pid, 'SIGKILL')
  await untilBack(pid)
  const since = performance.now()
  const seen = await asked.seen
  // A good answer of the turn itself counts as the recovery; the conversation must continue in any case.
  const answeredMs = isGood(seen) ? performance.now() - since : undefined
  const recovered = await recover(page, model, since)
  held.release()
  const outcome = outcomeOf(seen, `${toldOf(seen)}, link ${links.told()}`, recovered)
  return { ...outcome, ...(answeredMs !== undefined && { recoveryMs: answeredMs }) }
}
