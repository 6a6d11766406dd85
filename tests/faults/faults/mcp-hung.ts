/**
 * The MCP server is stopped (SIGSTOP). Over HTTP it resumes (SIGCONT) once the page shows it, or in every other run once
 * the session has given it up. A child process never resumes and must be replaced.
 */
import type { Fault, Outcome } from '../fault'
import { sharedLink } from '../link'
import type { Link } from '../link'
import { toldOf } from '../page'
import { send, until } from '../processes'
import { outcomeOf, question, recover } from '../recovery'
import { WAYS } from '../servers'

export const mcpHung: Fault[] = WAYS.map((way) => ({
  name: 'MCP server hung',
  transport: way.transport,
  waits: true,
  ...(way.skipped !== undefined && { skipped: way.skipped }),
  setUp: async () => {
    const link = await sharedLink(way)
    return { run: (at) => run(link, at), close: async () => undefined }
  },
}))

async function run({ way, page, model, links, serverPid }: Link, at: number): Promise<Outcome> {
  const pid = await serverPid()
  links.told()
  send(pid, 'SIGSTOP')
  const seen = await page.ask(question()).seen
  if (way.start) {
    if (at % 2 === 1) await until('the session is given up', () => (links.isReady ? undefined : true))
    send(pid, 'SIGCONT')
  }
  const recovered = await recover(page, model)
  return outcomeOf(seen, `${toldOf(seen)}, link ${links.told()}`, recovered)
}
