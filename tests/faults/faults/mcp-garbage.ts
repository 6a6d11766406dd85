/** The MCP server, or a proxy before it, returns garbage instead of a tool's result. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Fault, Outcome, Scene } from '../fault'
import { openClusterLink } from '../link'
import type { Link } from '../link'
import { startMcpProxy } from '../mcp-proxy'
import type { Junk, McpProxy } from '../mcp-proxy'
import { toldOf } from '../page'
import { outcomeOf, question, recover } from '../recovery'
import {
  KUBERNETES_MCP_SERVER_HTTP,
  KUBERNETES_MCP_SERVER_STDIO,
  MCP_SERVER_KUBERNETES_SSE,
  OWN_HTTP,
  OWN_SSE,
} from '../servers'
import type { Way } from '../servers'

/** Invalid protocol messages; none answers a call. */
const MESSAGES = [
  'panic: runtime error: index out of range',
  '{"jsonrpc":"2.0","id":$ID,"result":{"content":"no list"}}',
  '{"jsonrpc":"2.0","id":$ID,"result":{"content":[{"type":"text"',
  '{"jsonrpc":"2.0","id":987654,"result":{"content":[]}}',
  '{"hello":"world"}',
  '\u0000\u0001\ufffd',
]

const WRONG_HTTP: Junk[] = [
  { status: 200, type: 'text/html', body: '<html><body>Sign in</body></html>' },
  { status: 500, type: 'text/plain', body: 'Internal Server Error' },
  { status: 200, type: 'application/json', body: '' },
]

const inHttp = MESSAGES.map((body): Junk => ({ status: 200, type: 'application/json', body }))
const inSse = MESSAGES.map((body): Junk => ({
  status: 202,
  type: '',
  body: `event: message\ndata: ${body}\n\n`,
  inStream: true,
}))

export const mcpGarbage: Fault[] = [
  { ...about(OWN_HTTP), setUp: () => httpScene(OWN_HTTP, [...inHttp, ...WRONG_HTTP]) },
  { ...about(OWN_SSE), setUp: () => httpScene(OWN_SSE, [...inSse, ...WRONG_HTTP.slice(0, 2)]) },
  { ...about(KUBERNETES_MCP_SERVER_STDIO), setUp: stdioScene },
  {
    ...about(KUBERNETES_MCP_SERVER_HTTP),
    setUp: () => httpScene(KUBERNETES_MCP_SERVER_HTTP, [...inHttp, ...WRONG_HTTP]),
  },
  {
    ...about(MCP_SERVER_KUBERNETES_SSE),
    setUp: () => httpScene(MCP_SERVER_KUBERNETES_SSE, [...inSse, ...WRONG_HTTP.slice(0, 2)]),
  },
]

function about({ transport, skipped }: Way) {
  return { name: 'MCP server answering garbage', transport, ...(skipped !== undefined && { skipped }) }
}

async function httpScene(way: Way, all: Junk[]): Promise<Scene> {
  let proxy: McpProxy | undefined
  const link = await openClusterLink(way, { between: async (url) => (proxy = await startMcpProxy(url)) })
  return { run: (at) => run(link, () => proxy?.junk(pick(all, at))), close: link.close }
}

async function stdioScene(): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'faults-junk-'))
  const file = join(folder, 'junk')
  const program = fileURLToPath(new URL('../processes/junk-stdio.ts', import.meta.url))
  const command = [process.execPath, ...process.execArgv, program].join(' ')
  const link = await openClusterLink(KUBERNETES_MCP_SERVER_STDIO, { command, env: { FAULTS_JUNK: file } })
  return {
    run: (at) => run(link, () => writeFileSync(file, pick(MESSAGES, at))),
    close: async () => {
      await link.close()
      rmSync(folder, { recursive: true })
    },
  }
}

async function run({ page, model, links }: Link, garble: () => void): Promise<Outcome> {
  links.told()
  garble()
  const seen = await page.ask(question()).seen
  const recovered = await recover(page, model)
  const link = links.told()
  return outcomeOf(seen, `${toldOf(seen)}${link === 'ready' ? '' : `, link ${link}`}`, recovered)
}

function pick<T>(all: readonly T[], at: number): T {
  const found = all[at % all.length]
  if (found === undefined) throw new Error('there is nothing to pick from')
  return found
}
