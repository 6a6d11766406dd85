import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { quotedWords } from '../../../../../shared/messages/create'
import { LocalizedError } from '../../../../../shared/messages/error'
import type { Message } from '../../../../../shared/messages/message'
import { McpSession } from '../../../../../server/mcp/session/session'
import type { SessionCredentials, SessionTiming } from '../../../../../server/mcp/session/options'
import { createToolbox } from '../../../../../server/mcp/toolbox/toolbox'
import type { Toolbox } from '../../../../../server/mcp/toolbox/types'
import { serverTool } from '../../../../support/brands'

const script = fileURLToPath(new URL('../../../../support/mcp/odd-server.mjs', import.meta.url))
const lines: string[] = []
const write = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`)
const log = { info: write, warn: write, debug: write }
const signal = new AbortController().signal

function open(args: string[], timing: Partial<SessionTiming> = {}, credentials?: SessionCredentials): McpSession {
  const endpoint = {
    transport: 'stdio',
    command: process.execPath,
    args,
    env: { PATH: process.env.PATH ?? '' },
  } as const
  return new McpSession({
    endpoint,
    credentials,
    log,
    clientInfo: { name: 'test', version: '1' },
    timing: { backoffMs: 10, ...timing },
  })
}

describe('the session with a server of odd ways', () => {
  let session: McpSession
  let toolbox: Toolbox
  const names = () => toolbox.tools().map((tool) => tool.model.name)

  beforeEach(async () => {
    session = open([script])
    toolbox = createToolbox(session, new Set())
    session.start()
    await session.untilReady(signal)
  })
  afterEach(() => session.close())

  it('lists all pages of tools, under names that are safe and apart', () => {
    expect(names()).toEqual([
      'odd_name_v2',
      'odd_name_v2_2',
      'more',
      'fail',
      'hang',
      'die',
      'picture',
      'late',
      'release',
      'typed',
    ])
    expect(toolbox.tools()[0]).toMatchObject({ name: 'odd-name.v2' })
  })

  it('calls a tool by the name of the server', async () => {
    expect(await toolbox.call(serverTool('odd-name.v2'), {}, { signal })).toEqual({
      isError: false,
      texts: ['this is odd-name.v2'],
    })
  })

  it('follows a list of tools that changes', async () => {
    await toolbox.call(serverTool('more'), {}, { signal })
    await expect.poll(names).toContain('late_comer')
  })

  it('turns an error that the server throws into a result', async () => {
    expect(await toolbox.call(serverTool('fail'), {}, { signal })).toMatchObject({
      isError: true,
      texts: ['kubectl is not there'],
    })
    expect(session.status()).toMatchObject({ state: 'ready', sessions: 1 })
  })

  it('gives up a call that is not answered in time, names the limit, and keeps the session (errors-7)', async () => {
    const result = await toolbox.call(serverTool('hang'), {}, { signal, timeoutMs: 50 })
    const text = 'The tool did not answer within 0.05 s. The cluster or the MCP server may be busy.'
    expect(result).toMatchObject({ isError: true, texts: [text] })
    expect(session.status().state).toBe('ready')
  })

  it('throws the reason of an abort, and the late end of the call does no harm', async () => {
    const stop = new AbortController()
    const call = toolbox.call(serverTool('hang'), {}, { signal: stop.signal })
    stop.abort(new Error('stopped'))
    await expect(call).rejects.toThrow('stopped')
    expect(await toolbox.call(serverTool('odd_name_v2'), {}, { signal })).toMatchObject({ isError: false })
  })

  it('drops a reply that comes too late: no harm to the session, and not a word of it in status or log', async () => {
    await toolbox.call(serverTool('late'), {}, { signal, timeoutMs: 50 })
    expect(await toolbox.call(serverTool('release'), {}, { signal })).toMatchObject({ isError: false })
    expect(await toolbox.call(serverTool('odd_name_v2'), {}, { signal })).toMatchObject({ isError: false })
    expect(session.status()).toMatchObject({ state: 'ready', sessions: 1 })
    expect(lines.join('\n') + JSON.stringify(session.status())).not.toContain('hunter2')
  })

  it('describes a block that is not text', async () => {
    expect(await toolbox.call(serverTool('picture'), {}, { signal })).toMatchObject({ texts: ['[image left out]'] })
  })

  it('opens a new session when the server dies, retries a read, and then returns the error', async () => {
    const result = await toolbox.call(serverTool('die'), {}, { signal })
    expect(result).toMatchObject({ isError: true, texts: [expect.stringContaining('lost during the call')] })
    expect(await toolbox.call(serverTool('odd_name_v2'), {}, { signal })).toMatchObject({ isError: false })
    expect(session.status()).toMatchObject({ state: 'ready', sessions: 3 })
  })

  it('builds one session however many ask for it at once', async () => {
    const again = session.reconnect(signal)
    await Promise.all([again, session.untilReady(signal), session.untilReady(signal)])
    expect(session.status()).toMatchObject({ state: 'ready', sessions: 2 })
  })
})

describe('the session with a server that hangs', () => {
  const timing = { callMs: 200, pingMs: 60_000 }
  const frozen = async () => {
    const session = open([script], timing)
    const toolbox = createToolbox(session, new Set())
    session.start()
    await session.untilReady(signal)
    const late = toolbox.call(serverTool('freeze'), {}, { signal })
    return { session, toolbox, late }
  }

  it('is reopened while questions keep coming, without waiting for a ping', async () => {
    const { session, toolbox, late } = await frozen()
    const words = { isError: true, texts: [expect.stringContaining('did not answer within 0.2 s')] }
    expect(await late).toMatchObject(words)
    expect(await toolbox.call(serverTool('odd_name_v2'), {}, { signal })).toMatchObject(words)
    expect(await toolbox.call(serverTool('odd_name_v2'), {}, { signal, timeoutMs: 10_000 })).toMatchObject({
      isError: false,
    })
    expect(session.status()).toMatchObject({ state: 'ready', sessions: 2 })
    await session.close()
  })

  it('is kept while a write may still be running there', async () => {
    const { session, toolbox, late } = await frozen()
    const write = toolbox.call(serverTool('odd_name_v2'), {}, { signal, mutates: true, timeoutMs: 60_000 })
    await late
    await toolbox.call(serverTool('odd_name_v2'), {}, { signal })
    expect(session.status()).toMatchObject({ state: 'ready', sessions: 1 })
    await session.close()
    expect(await write).toMatchObject({ outcomeUnknown: true })
  })
})

describe('the session with a server that does not come up', () => {
  it('is down after the set number of attempts, answers calls with an error message, and closes', async () => {
    const session = open(['-e', 'process.exit(3)'], { attempts: 2, slowMs: 60_000, waitMs: 5000 })
    const toolbox = createToolbox(session, new Set())
    session.start()
    const result = await toolbox.call(serverTool('anything'), {}, { signal })
    expect(result).toMatchObject({ isError: true, texts: [expect.stringContaining('cannot be reached')] })
    expect(session.status().state).toBe('down')
    await session.close()
  })

  it('is not opened again and again without a pause when it dies right after opening', async () => {
    const dying = `const { Server } = await import('@modelcontextprotocol/sdk/server/index.js');
      const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
      const { ListToolsRequestSchema } = await import('@modelcontextprotocol/sdk/types.js');
      const server = new Server({ name: 'x', version: '1' }, { capabilities: { tools: {} } });
      server.setRequestHandler(ListToolsRequestSchema, () => { setTimeout(() => process.exit(1), 20); return { tools: [] } });
      await server.connect(new StdioServerTransport())`
    const session = open(['--input-type=module', '-e', dying], { attempts: 2, slowMs: 60_000 })
    session.start()
    await expect.poll(() => session.status().state, { timeout: 15_000 }).toBe('down')
    expect(session.status().sessions).toBe(2)
    await session.close()
  })

  it('does not keep a caller waiting who goes away', async () => {
    const session = open(['-e', 'setInterval(() => {}, 1000)'], { connectMs: 60_000 })
    session.start()
    const stop = new AbortController()
    const waiting = session.untilReady(stop.signal)
    stop.abort(new Error('gone'))
    await expect(waiting).rejects.toThrow('gone')
    await session.close()
  })
})

describe('the credentials of a session', () => {
  let session: McpSession
  let toolbox: Toolbox
  const credentials: SessionCredentials & { newest: number; problem: Message | undefined } = {
    newest: 1,
    problem: undefined,
    fresh: async () => {
      if (credentials.problem !== undefined) throw new LocalizedError(credentials.problem)
      return credentials.newest
    },
  }
  beforeEach(async () => {
    Object.assign(credentials, { newest: 1, problem: undefined })
    session = open([script], {}, credentials)
    toolbox = createToolbox(session, new Set())
    session.start()
    await session.untilReady(signal)
  })
  afterEach(() => session.close())
  const call = (mutates = false) => toolbox.call(serverTool('odd-name.v2'), {}, { signal, mutates })

  it('start the server again when they were renewed, before the next call (cluster-5)', async () => {
    await call()
    expect(session.status().sessions).toBe(1)
    credentials.newest = 2
    expect(await call()).toMatchObject({ isError: false })
    expect(session.status().sessions).toBe(2)
    await call()
    expect(session.status().sessions).toBe(2)
  })

  it('end no write that runs: the next call after it has the new ones', async () => {
    const write = toolbox.call(serverTool('hang'), {}, { signal, mutates: true, timeoutMs: 300 })
    await expect.poll(() => lines.length).toBeGreaterThan(0)
    credentials.newest = 2
    expect(await call()).toMatchObject({ isError: false })
    expect(session.status().sessions).toBe(1)
    expect(await write).toMatchObject({ outcomeUnknown: true })
    expect(await call(true)).toMatchObject({ isError: false })
    expect(session.status().sessions).toBe(2)
  })

  it('refuse calls with a sentence, and are the state of the session, while they cannot be used', async () => {
    credentials.problem = quotedWords('The context names another server.')
    const refused = { isError: true, texts: [credentials.problem.text], detail: credentials.problem }
    expect(await call()).toEqual(refused)
    expect(await call(true)).toEqual(refused)
    expect(session.status()).toMatchObject({ state: 'down', reason: credentials.problem })
    credentials.problem = undefined
    expect(await call()).toMatchObject({ isError: false })
    expect(session.status()).toMatchObject({ state: 'ready', sessions: 1 })
  })
})
