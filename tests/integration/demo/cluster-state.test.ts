import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { startApp } from '../../support/app'
import { askJson } from '../../support/chat'
import { startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'

let replay: ReplayServer
let folder: string
beforeAll(async () => {
  replay = await startReplayServer()
  folder = mkdtempSync(join(tmpdir(), 'cluster-state-'))
})
afterAll(async () => {
  await replay?.close()
  rmSync(folder, { recursive: true })
})

function kubeconfig(name: string, server: string, user: object): string {
  const path = join(folder, `${name}.yaml`)
  const context = { cluster: 'staging', user: 'dev' }
  const config = {
    'current-context': 'staging',
    contexts: [{ name: 'staging', context }],
    clusters: [{ name: 'staging', cluster: { server } }],
    users: [{ name: 'dev', user }],
  }
  writeFileSync(path, stringify(config))
  return path
}

const exec = (command: string, ...args: string[]) => ({
  exec: { apiVersion: 'client.authentication.k8s.io/v1', command, args, interactiveMode: 'Never' },
})

const CLOSED = 'https://127.0.0.1:1'
const CASES = [
  {
    id: 'errors-3',
    server: CLOSED,
    user: { token: 'x' },
    code: 'unreachable',
    says: /127\.0\.0\.1:1 cannot be reached/,
  },
  {
    id: 'errors-4',
    server: 'https://k8s.example.test:6443',
    user: { token: 'x' },
    code: 'unknown-host',
    says: /host k8s\.example\.test\S* of cluster staging is unknown/,
  },
  {
    id: 'errors-5',
    server: CLOSED,
    user: exec('no-such-login-program'),
    code: 'login-program-missing',
    says: /login program no-such-login-program .* is not installed/,
  },
  {
    id: 'errors-6',
    server: CLOSED,
    user: exec('sh', '-c', 'echo "Error: SSO session has expired, run aws sso login" >&2; exit 255'),
    code: 'login-program-failed',
    says: /login program sh failed: "SSO session has expired, run aws sso login"/,
  },
]

/** Library messages that no user should see. */
const RAW = /x509:|dial tcp|ECONNREFUSED|ENOTFOUND|MCP error|^\s+at /m

describe('a cluster that no call can read', () => {
  it.each(CASES)(
    'is a state of /health within 5 s, before any question ($id)',
    async ({ id, server, user, ...expected }) => {
      const app = await startApp({ OLLAMA_BASE_URL: replay.url, KUBECONFIG: kubeconfig(id, server, user) })
      try {
        const health = async () => (await fetch(`${app.url}/health`)).json()
        await expect.poll(async () => (await health()).cluster.status, { timeout: 5000 }).toBe('down')
        const { status, cluster } = await health()
        expect(status).toBe('down')
        expect(cluster).toMatchObject({
          code: expected.code,
          reason: expect.stringMatching(expected.says),
          name: 'staging',
        })
        expect(cluster.reason).not.toMatch(RAW)
        // The model is not called, since it would make data up.
        const asked = replay.chats().length
        const { error, toolCalls } = await askJson(app.url, 'Show me all pods')
        expect(error).toMatchObject({ code: 'cluster-down', message: expect.stringMatching(expected.says) })
        expect(toolCalls).toEqual([])
        expect(replay.chats()).toHaveLength(asked)
      } finally {
        await app.stop()
      }
    },
  )

  it('is noticed by a question that comes before the first look at it', async () => {
    const app = await startApp({ OLLAMA_BASE_URL: replay.url, KUBECONFIG: kubeconfig('first', CLOSED, {}) })
    try {
      const asked = replay.chats().length
      const { error } = await askJson(app.url, 'Show me all pods')
      expect(error).toMatchObject({ code: 'cluster-down', message: expect.stringMatching(/connection refused/) })
      expect(replay.chats()).toHaveLength(asked)
    } finally {
      await app.stop()
    }
  })
})
