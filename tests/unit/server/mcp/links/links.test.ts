import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startOwnServer } from '../../../../../server/mcp/programs/own-server'
import type { OwnServer } from '../../../../../server/mcp/programs/own-server'
import { openLinks } from '../../../../../server/mcp/links/links'
import type { McpLinks } from '../../../../../server/mcp/links/links'
import type { SessionTiming } from '../../../../../server/mcp/session/options'
import { serverTool } from '../../../../support/brands'

const program = fileURLToPath(new URL('../../../../support/mcp/own-server.mjs', import.meta.url))
const silent = () => undefined
const log = { info: silent, warn: silent, debug: silent }
const { signal } = new AbortController()
const poll = { timeout: 10_000, interval: 20 }

const OK = { state: 'ok', cluster: { server: 'https://10.0.0.1:6443', name: 'staging', user: 'dev' } }
const EXPIRED = { state: 'error', code: 'login-program-failed', text: 'The login program aws failed: session expired' }

let folder: string
let own: OwnServer
let links: McpLinks
const setState = (state: object) => writeFileSync(join(folder, 'state.json'), JSON.stringify(state))

async function start(env: Record<string, string> = {}, timing: Partial<SessionTiming> = {}): Promise<void> {
  own = startOwnServer({ env: { STATE_FILE: join(folder, 'state.json'), ...env }, folder, log, program })
  links = openLinks({
    main: { endpoint: own.endpoint },
    hiddenArguments: new Set(),
    log,
    clientInfo: { name: 'test', version: '1' },
    timing,
  })
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'links-'))
  setState(OK)
})
afterEach(async () => {
  await links.close()
  await own.close()
  rmSync(folder, { recursive: true })
})

const get = async (name: string) => {
  const { texts, isError, isStructured } = await links.toolbox.call(serverTool('kubectl_get'), { name }, { signal })
  return { text: texts.join(), isError, isStructured }
}

describe('our own MCP server as a child process', () => {
  it('answers over its socket, with structured results', async () => {
    await start()
    await links.untilReady(signal)
    expect(await get('web')).toMatchObject({ isError: false, isStructured: true })
    expect(links.toolbox.tools().map(({ server }) => server)).toEqual(['k8s-ai-assistant-mcp', 'k8s-ai-assistant-mcp'])
  })

  it('is started again if it dies, and a read that it did not answer is repeated', async () => {
    await start()
    await links.untilReady(signal)
    const { text: first } = await get('web')
    await get('die')
    const { text: second, isError } = await get('web')
    expect(isError).toBe(false)
    expect(second).not.toBe(first)
  })

  it('is found to be gone when the stream of an answer breaks, and no call waits for its time', async () => {
    await start({ STREAM: '1' }, { callMs: 60_000 })
    await links.untilReady(signal)
    expect((await get('die')).isError).toBe(true)
    expect((await get('web')).isError).toBe(false)
  })

  it('is ended and started again if it hangs', async () => {
    await start({}, { callMs: 1000, pingMs: 500 })
    await links.untilReady(signal)
    const { text: first } = await get('web')
    expect((await get('hang')).isError).toBe(true)
    await expect
      .poll(() => get('web'), poll)
      .toMatchObject({ isError: false, text: expect.not.stringContaining(first) })
  })

  it('reports why it ended if it cannot start (errors-8)', async () => {
    await start({ REFUSE: 'error: context "gone" does not exist' })
    await expect.poll(() => links.main.status().reason?.text, poll).toContain('context "gone" does not exist')
    expect(links.main.status().state).not.toBe('ready')
  })

  it('reports what a program of the operator wrote before it ended (errors-8)', async () => {
    const script = `process.stderr.write('E1129 09:02:01.000001 1 x.go:265] error: context "gone" does not exist\\n'); process.exit(1)`
    own = startOwnServer({ env: { STATE_FILE: join(folder, 'state.json') }, folder, log, program })
    const endpoint = { transport: 'stdio' as const, command: process.execPath, args: ['-e', script], env: {} }
    const clientInfo = { name: 'test', version: '1' }
    links = openLinks({ main: { endpoint }, hiddenArguments: new Set(), log, clientInfo })
    const words = 'the MCP server ended: error: context "gone" does not exist'
    await expect.poll(() => links.main.status().reason?.text, poll).toBe(words)
  })

  it('has a tool withdrawn for the session (coverage-7)', async () => {
    await start()
    await links.untilReady(signal)
    await links.toolbox.call(serverTool('kubectl_top'), {}, { signal })
    await expect.poll(() => links.toolbox.tools().map(({ name }) => name), poll).toEqual(['kubectl_get'])
  })
})

describe('the state of the cluster', () => {
  it('is known soon after the session is ready, before any question (errors-6)', async () => {
    setState(EXPIRED)
    await start()
    const changed = vi.fn()
    links.onChange(changed)
    await expect.poll(() => links.clusterState.current(), poll).toEqual(EXPIRED)
    expect(changed).toHaveBeenCalled()
  })

  it('is read again when it is asked for', async () => {
    setState(EXPIRED)
    await start()
    await expect.poll(() => links.clusterState.current(), poll).toEqual(EXPIRED)
    setState(OK)
    expect(await links.clusterState.refresh(signal)).toEqual(OK)
  })

  it('is an error if it cannot be understood', async () => {
    setState({ state: 'fine' })
    await start()
    await expect.poll(() => links.clusterState.current(), poll).toMatchObject({ state: 'error' })
  })
})
