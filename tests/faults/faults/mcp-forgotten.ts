/** The MCP server no longer knows the session: after a clean restart, or it responds with 404 or 400. */
import type { Fault, Outcome, Scene } from '../fault'
import { openClusterLink } from '../link'
import type { Link } from '../link'
import { startMcpProxy } from '../mcp-proxy'
import type { McpProxy } from '../mcp-proxy'
import { send } from '../processes'
import { outcomeOf, question, recover } from '../recovery'
import { WAYS } from '../servers'
import type { Way } from '../servers'

/** Over stdio the session is the process, which can only end. */
export const mcpForgotten: Fault[] = WAYS.map((way) => ({
  name: 'MCP session forgotten',
  transport: way.transport,
  limitMs: way.limitMs,
  ...(way.skipped !== undefined && { skipped: way.skipped }),
  setUp: () => scene(way),
}))

async function scene(way: Way): Promise<Scene> {
  let proxy: McpProxy | undefined
  const link = await openClusterLink(way, { between: async (url) => (proxy = await startMcpProxy(url)) })
  const refusals: ((at: McpProxy) => void)[] = [
    (at) => at.forget(404, 'session not found'),
    (at) => at.forget(400, 'Bad Request: no valid session ID provided'),
  ]
  return {
    run: (at) => {
      const refuse = refusals[Math.floor(at / 2) % refusals.length]
      return run(link, at % 2 === 1 && proxy && refuse ? refuse.bind(undefined, proxy) : undefined)
    },
    close: link.close,
  }
}

async function run(
  { page, model, links, serverPid, untilBack }: Link,
  refuse: (() => void) | undefined,
): Promise<Outcome> {
  const before = await page.ask(question()).seen
  links.told()
  if (refuse) refuse()
  else {
    const pid = await serverPid()
    send(pid, 'SIGTERM')
    await untilBack(pid)
  }
  const recovered = await recover(page, model)
  return outcomeOf(before, `link ${links.told()}`, recovered)
}
