/** The login at an identity provider: the server of the package oidc-provider, over HTTPS. */
import { createServer } from 'node:https'
import type { Server } from 'node:https'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Provider from 'oidc-provider'
import { Agent, request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessionSchema } from '../../../shared/session'
import { freePort, selfSigned, startApp } from '../../support/app'
import type { App } from '../../support/app'
import { Browser } from '../../support/browser'
import { startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'

const CLIENT_SECRET = 'a-secret-of-the-client'

const folder = mkdtempSync(join(tmpdir(), 'oidc-'))
const { cert, key } = selfSigned('issuer')
let issuer: Server
let issuerUrl: string
let replay: ReplayServer
let app: App

beforeAll(async () => {
  const [issuerPort, appPort] = [await freePort(), await freePort()]
  issuerUrl = `https://127.0.0.1:${issuerPort}`
  const home = `http://127.0.0.1:${appPort}/`
  const provider = new Provider(issuerUrl, {
    clients: [
      {
        client_id: 'k8s-ai-assistant',
        client_secret: CLIENT_SECRET,
        redirect_uris: [`${home}login/callback`],
        post_logout_redirect_uris: [home],
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'groups'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: `Name of ${id}`, groups: ['ops', 'system:masters'] }),
    }),
    cookies: { keys: ['a-key-of-the-issuer'] },
  })
  issuer = createServer({ cert, key }, provider.callback())
  await new Promise<void>((resolve) => issuer.listen(issuerPort, '127.0.0.1', resolve))
  replay = await startReplayServer()
  const caFile = join(folder, 'issuer.crt')
  writeFileSync(caFile, cert)
  app = await startApp({
    PORT: String(appPort),
    OLLAMA_BASE_URL: replay.url,
    DEMO: undefined,
    LOG_LEVEL: 'debug',
    AUTH_MODE: 'oidc',
    OIDC_ISSUER_URL: issuerUrl,
    OIDC_CLIENT_ID: 'k8s-ai-assistant',
    OIDC_CLIENT_SECRET: CLIENT_SECRET,
    OIDC_REDIRECT_URL: `${home}login/callback`,
    OIDC_CA_FILE: caFile,
  })
})
afterAll(async () => {
  await app?.stop()
  await replay?.close()
  issuer?.closeAllConnections()
  issuer?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Follows the login until the page, filling in the provider's development forms. */
async function logIn(user: string, browser = new Browser(cert)): Promise<Browser> {
  let page = await browser.open(`${app.url}/login`)
  while (page.url.startsWith(issuerUrl)) {
    const action = /<form[^>]* action="([^"]+)"/.exec(page.body)?.[1]
    if (!action) throw new Error(`no form at ${page.url}: ${page.body.slice(0, 300)}`)
    const prompt = /name="prompt" value="(\w+)"/.exec(page.body)?.[1] ?? 'consent'
    page = await browser.submit(new URL(action, page.url).href, { prompt, login: user, password: 'any' })
  }
  return browser
}

const sessionOf = async (browser: Browser) =>
  sessionSchema.parse(JSON.parse((await browser.open(`${app.url}/api/session`)).body))

describe('the login at an identity provider', () => {
  it('is needed', async () => {
    const { statusCode, body } = await request(`${app.url}/api/mcp/status`)
    expect(statusCode).toBe(401)
    expect(await body.text()).toContain('/login')
    expect(await sessionOf(new Browser(cert))).toEqual({ mode: 'oidc', login: 'redirect', user: null })
  })

  it('gives the user of the provider a session', async () => {
    const browser = await logIn('ada')
    expect(await sessionOf(browser)).toMatchObject({
      user: { name: 'ada', displayName: 'Name of ada', mayWrite: true },
      logoutUrl: expect.stringContaining(issuerUrl),
    })
    expect((await browser.open(`${app.url}/api/mcp/status`)).status).toBe(200)
  })

  it('asks with a state, a nonce and PKCE', async () => {
    const { headers, body } = await request(`${app.url}/login`)
    await body.dump()
    const sent = new URL(String(headers.location)).searchParams
    expect(sent.get('code_challenge_method')).toBe('S256')
    for (const name of ['state', 'nonce', 'code_challenge']) expect(sent.get(name)?.length).toBeGreaterThan(20)
    expect(String(headers['set-cookie'])).toMatch(/HttpOnly.*SameSite=Lax/i)
  })

  it('refuses a callback of another login, a repeated one, and one without a login', async () => {
    const stranger = new Browser(cert)
    expect((await stranger.open(`${app.url}/login/callback?code=x&state=y`)).status).toBe(401)
    await stranger.open(`${app.url}/login`, { follow: false })
    const forged = await stranger.open(`${app.url}/login/callback?code=x&state=y`)
    expect(forged.status).toBe(401)
    expect(forged.body).toContain('login-oidc-refused')
    expect((await sessionOf(stranger)).user).toBeNull()
  })

  it('ends with a logout, also for a copy of the cookie', async () => {
    const browser = await logIn('bob')
    const copy = browser.copy()
    const { statusCode } = await request(`${app.url}/api/session`, {
      method: 'DELETE',
      headers: { cookie: browser.cookiesFor(app.url) },
    })
    expect(statusCode).toBe(204)
    expect((await sessionOf(copy)).user).toBeNull()
  })

  it('writes no secret, code or token to the log', async () => {
    const text = app.logs().join('\n')
    expect(text).not.toContain(CLIENT_SECRET)
    expect(text).not.toMatch(/code=|eyJ[\w-]+\./)
  })

  it('reports that the provider cannot be reached', async () => {
    const other = await startApp({
      OLLAMA_BASE_URL: replay.url,
      AUTH_MODE: 'oidc',
      OIDC_ISSUER_URL: 'https://127.0.0.1:9',
      OIDC_CLIENT_ID: 'x',
      OIDC_REDIRECT_URL: 'http://127.0.0.1/login/callback',
    })
    const { statusCode, body } = await request(`${other.url}/login`, { dispatcher: new Agent() })
    expect([statusCode, await body.text()]).toEqual([503, expect.stringContaining('provider-down')])
    await other.stop()
  })
})
