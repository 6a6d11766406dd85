/** Kubeconfigs in all forms that kubectl accepts, and a pod's service account, on the cluster of TEST_KUBECONFIG. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readKubeconfig } from '../../../mcp/kubernetes/connection/kubeconfig'
import { serverEntry, serverFlags } from '../../../scripts/paths.mjs'
import { healthSchema } from '../../../shared/health'
import { kubernetesMcpServerBinary, spawnApp, startApp, startProgram, testKubeconfig } from '../../support/app'
import { askJson, onlyResult } from '../../support/chat'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'

/** Uses the read tools of kubernetes-mcp-server, independent of the default. */
const MCP_SERVER_COMMAND = `${kubernetesMcpServerBinary()} --disable-multi-cluster --toolsets core`
const loginSchema = z.object({
  token: z.string().optional(),
  'client-certificate-data': z.string().optional(),
  'client-key-data': z.string().optional(),
})

const named = testKubeconfig
if (named !== undefined) describe('the kubeconfig of an operator', () => tests(named))
else describe.todo('the kubeconfig of an operator: skipped, needs TEST_KUBECONFIG')

function tests(kubeconfig: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-live-'))
  const { alone, server } = readKubeconfig([kubeconfig])
  const login = loginSchema.parse(alone.users[0]?.user)
  const config = join(folder, 'config')
  let replay: ReplayServer
  let stop: (() => Promise<unknown>) | undefined
  beforeAll(async () => {
    replay = await startReplayServer({ contextLength: 65_536 })
  })
  afterEach(async () => {
    await stop?.()
    stop = undefined
  })
  afterAll(async () => {
    await replay?.close()
    rmSync(folder, { recursive: true })
  })

  /** The result of listing namespaces. */
  async function namespaces(url: string): Promise<string> {
    replay.enqueue(answer.toolCall('namespaces_list', {}), answer.text('ok'))
    return JSON.stringify(onlyResult(await askJson(url, 'question')))
  }

  it('may be JSON with a byte order mark, and log in by a program beside it that warns (cluster-6, cluster-7)', async () => {
    const status = {
      token: login.token,
      clientCertificateData: decoded(login['client-certificate-data']),
      clientKeyData: decoded(login['client-key-data']),
      expirationTimestamp: new Date(Date.now() + 5000).toISOString(),
    }
    const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status }
    writeFileSync(join(folder, 'credential.json'), JSON.stringify(credential))
    writeFileSync(
      join(folder, 'token.sh'),
      '#!/bin/sh\necho "a warning" >&2\nexec cat "$(dirname "$0")/credential.json"\n',
    )
    chmodSync(join(folder, 'token.sh'), 0o755)
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: './token.sh',
      args: null,
      env: null,
      interactiveMode: 'Never',
    }
    const users = [
      { name: alone.users[0]?.name, user: { exec } },
      { name: 'other', user: null },
    ]
    writeFileSync(config, `\uFEFF${JSON.stringify({ ...alone, extensions: null, users }, null, '\t')}`)
    const app = await startApp({ OLLAMA_BASE_URL: replay.url, KUBECONFIG: config, MCP_SERVER_COMMAND })
    stop = app.stop
    expect(await namespaces(app.url)).toContain('kube-system')
  })

  it.each([
    ['no current context', ''],
    ['one that does not exist', 'gone'],
  ])('stops the start with %s, and names KUBE_CONTEXT (cluster-8)', async (_, current) => {
    writeFileSync(config, JSON.stringify({ ...alone, 'current-context': current }))
    const app = spawnApp({ OLLAMA_BASE_URL: replay.url, KUBECONFIG: config })
    stop = app.stop
    expect(await app.ended).toMatchObject({ code: 1 })
    expect(app.logs().join('\n')).toContain(`Set KUBE_CONTEXT to one of: ${alone.contexts[0].name}.`)
  })

  /** A pod's service account folder, in a private mount namespace. */
  const canMount = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/run']).status === 0
  const podWhy = canMount && login.token ? '' : ' (skipped: needs unshare, its rights, and a token in TEST_KUBECONFIG)'

  it.skipIf(podWhy !== '').each([
    ['the service account', undefined, 'in-cluster'],
    ['KUBECONFIG before the service account', config, alone.clusters[0].name],
  ])(`is used in a pod: %s (cluster-4)${podWhy}`, async (_, KUBECONFIG, name) => {
    const account = join(folder, 'account')
    mkdirSync(account, { recursive: true })
    const usable = KUBECONFIG === undefined
    // One of the two cannot log in, so that the result shows which was used.
    writeFileSync(join(account, 'token'), usable ? (login.token ?? '') : 'a-token-of-nobody')
    const ca = alone.clusters[0].cluster['certificate-authority-data']
    if (typeof ca === 'string') writeFileSync(join(account, 'ca.crt'), decoded(ca) ?? '')
    writeFileSync(config, JSON.stringify(alone))
    const mounted = '/var/run/secrets/kubernetes.io/serviceaccount'
    const script = `mount -t tmpfs tmpfs /run && mkdir -p ${mounted} && cp ${account}/* ${mounted} && exec "$@"`
    const command = [process.execPath, ...serverFlags, serverEntry]
    const { hostname, port } = new URL(server)
    const app = startProgram('unshare', ['--mount', 'sh', '-c', script, 'sh', ...command], {
      PORT: '0',
      HOME: folder,
      OLLAMA_BASE_URL: replay.url,
      MCP_SERVER_COMMAND,
      KUBECONFIG,
      KUBERNETES_SERVICE_HOST: hostname,
      KUBERNETES_SERVICE_PORT: port || '443',
    })
    stop = app.stop
    const url = await app.until('listening', () => /"url":"(http[^"]+)"/.exec(app.logs().join('\n'))?.[1])
    expect(await namespaces(url)).toContain('kube-system')
    const { cluster } = healthSchema.parse(await (await fetch(`${url}/health`)).json())
    expect(cluster).toMatchObject({ name, server })
  })
}

function decoded(base64: string | undefined): string | undefined {
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('utf8')
}
