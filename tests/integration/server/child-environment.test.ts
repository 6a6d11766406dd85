import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startApp } from '../../support/app'
import type { App } from '../../support/app'
import { kubeconfigText } from '../../support/cluster/kubeconfig'

const SECRETS = {
  AUTH_TOKEN: 'secret-of-the-login',
  OLLAMA_API_KEY: 'secret-of-the-model',
  MCP_AUTH_TOKEN: 'secret-of-the-mcp-server',
  APPROVAL_KEY: 'secret-of-the-approvals-of-all-replicas',
  NITRO_SESSION: 'secret-of-nitro',
  SOME_DATABASE_URL: 'secret-of-another-program',
}
const NEEDED = {
  AWS_PROFILE: 'staging',
  AZURE_CLIENT_ID: 'id',
  GOOGLE_APPLICATION_CREDENTIALS: '/creds.json',
  HTTPS_PROXY: 'http://127.0.0.1:3128',
  NO_PROXY: '127.0.0.1,localhost',
  MASK_SECRETS: 'true',
  CORP_LOGIN_REALM: 'ops',
}

/** Notes its environment under the name of its first argument; logs in as a login program does. */
const NOTING = `import { renameSync, writeFileSync } from 'node:fs'
const path = new URL(process.argv[2] + '.json', import.meta.url)
writeFileSync(path.pathname + '.new', JSON.stringify(process.env))
renameSync(path.pathname + '.new', path)
const status = { token: 'token-of-the-login-program' }
console.log(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status }))
`

let folder: string
let app: App

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'child-environment-'))
  const program = join(folder, 'noting.mjs')
  writeFileSync(program, NOTING)
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    interactiveMode: 'Never',
    command: process.execPath,
    args: [program, 'login'],
    env: [{ name: 'SET_BY_KUBECONFIG', value: 'yes' }],
  }
  const kubeconfig = join(folder, 'config')
  writeFileSync(kubeconfig, kubeconfigText([{ context: 'staging', server: 'https://127.0.0.1:9', user: { exec } }]))
  app = await startApp({
    ...SECRETS,
    ...NEEDED,
    AUTH_MODE: 'token',
    OLLAMA_BASE_URL: 'http://127.0.0.1:9',
    KUBECONFIG: kubeconfig,
    ACCESS_MODE: 'approve',
    MCP_SERVER_COMMAND: `${process.execPath} ${program} server`,
    MCP_SERVER_ENV: 'CORP_LOGIN_*',
  })
})
afterAll(async () => {
  await app.stop()
  rmSync(folder, { recursive: true })
})

const noted = async (name: string): Promise<Record<string, string>> => {
  const path = join(folder, `${name}.json`)
  await expect.poll(() => existsSync(path), { timeout: 20_000 }).toBe(true)
  return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(path, 'utf8')))
}

describe('the environment of child processes', () => {
  it.each(['server', 'login'])('has no secrets of ours, and what it needs: the %s program', async (name) => {
    const env = await noted(name)
    for (const [variable, value] of Object.entries(SECRETS)) {
      expect(env, variable).not.toHaveProperty(variable)
      expect(JSON.stringify(env), variable).not.toContain(value)
    }
    expect(env).toMatchObject(NEEDED)
    expect(env).toHaveProperty('PATH')
    expect(env).toHaveProperty('HOME')
    expect(env).toHaveProperty('KUBECONFIG')
  })

  it('has what the kubeconfig sets for a login program, and not the secret of our MCP server', async () => {
    const env = await noted('login')
    expect(env.SET_BY_KUBECONFIG).toBe('yes')
    expect(env).not.toHaveProperty('MCP_SECRET')
  })
})
