import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp } from '../../support/app'
import type { App } from '../../support/app'

const TOKEN = 'a-token-of-some-length'
const login = { authorization: `Bearer ${TOKEN}` }

let app: App
let ajv: Ajv2020

beforeAll(async () => {
  app = await startApp({ DEMO: '1', AUTH_MODE: 'token', AUTH_TOKEN: TOKEN, MAX_TURNS_PER_MINUTE: '8' })
  const document: unknown = await (await fetch(`${app.url}/api/openapi.json`, { headers: login })).json()
  ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
  ajv.addSchema(closed(document), 'api')
})
afterAll(() => app.stop())

/** The same without room for fields that are not documented. */
function closed(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema), (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'properties' in value && !('additionalProperties' in value)
      ? { ...value, additionalProperties: false }
      : value,
  )
}

interface Call {
  route: string
  path?: string
  status: number
  headers?: Record<string, string>
  body?: string
}

/** Calls a route, and compares the response with what the document says of it. */
async function check({ route, path, status, headers = login, body }: Call): Promise<unknown> {
  const [method = '', documented = ''] = route.split(' ')
  const response = await fetch(app.url + (path ?? documented), { method, headers, ...(body !== undefined && { body }) })
  expect(response.status).toBe(status)
  const answer: unknown = await response.json()
  const pointer = [documented, method.toLowerCase(), 'responses', status, 'content', 'application/json', 'schema']
    .map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'))
    .map(encodeURIComponent)
    .join('/')
  const isValid = ajv.compile({ $ref: `api#/paths/${pointer}` })
  isValid(answer)
  expect(isValid.errors ?? [], JSON.stringify(answer).slice(0, 2000)).toEqual([])
  return answer
}

const question = (text: string): string => JSON.stringify([{ role: 'user', content: text }])

describe('the document', () => {
  it('is valid OpenAPI', async () => {
    const document = await (await fetch(`${app.url}/api/openapi.json`, { headers: login })).json()
    expect(await new Validator().validate(document)).toMatchObject({ valid: true })
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'K8s AI Assistant' } })
  })

  it('is for those who are logged in', async () => {
    expect((await fetch(`${app.url}/api/openapi.json`)).status).toBe(401)
    const headers = { ...login, 'sec-fetch-site': 'cross-site' }
    expect((await fetch(`${app.url}/api/openapi.json`, { headers })).status).toBe(403)
  })

  it('finds a field that it does not have', () => {
    const isValid = ajv.compile({ $ref: 'api#/components/schemas/Ready' })
    expect(isValid({ ready: true })).toBe(true)
    expect(isValid({ ready: true, more: 1 })).toBe(false)
    expect(isValid({})).toBe(false)
  })
})

describe('responses are as documented', () => {
  it.each<Call>([
    { route: 'GET /health', status: 200 },
    { route: 'GET /health', status: 200, headers: {} },
    { route: 'GET /ready', status: 200 },
    { route: 'GET /api/session', status: 200 },
    { route: 'GET /api/session', status: 200, headers: {} },
    { route: 'POST /api/session', status: 200, body: JSON.stringify({ token: TOKEN }) },
    { route: 'POST /api/session', status: 400, body: '{}' },
    { route: 'POST /api/session', status: 401, body: JSON.stringify({ token: 'another-token-of-some-length' }) },
    { route: 'GET /api/mcp/status', status: 200 },
    { route: 'GET /api/mcp/status', status: 401, headers: {} },
    { route: 'GET /api/mcp/tools', status: 200 },
    { route: 'GET /api/mcp/tools', status: 403, headers: { ...login, 'sec-fetch-site': 'cross-site' } },
    { route: 'POST /api/mcp/reconnect', status: 200 },
    { route: 'POST /api/turns/{id}/stop', path: '/api/turns/a-turn-of-nobody-else/stop', status: 200 },
    { route: 'POST /api/turns/{id}/stop', path: '/api/turns/short/stop', status: 400 },
    { route: 'POST /api/chat', status: 400, body: '[]' },
    { route: 'POST /api/chat', status: 400, body: 'no JSON' },
    { route: 'POST /api/chat', status: 401, headers: {}, body: question('Show me all pods') },
    { route: 'POST /api/chat', status: 403, headers: { ...login, origin: 'https://evil.example' }, body: '[]' },
    { route: 'POST /api/chat', status: 413, body: question('x'.repeat(2 * 1024 * 1024)) },
  ])('$route with $status', async (call) => {
    await check(call)
  })

  it('of questions', async () => {
    const pods = await check({ route: 'POST /api/chat', status: 200, body: question('Show me all pods') })
    expect(pods).toMatchObject({ finishReason: 'stop', toolCalls: [{ status: 'ok', result: { kind: 'table' } }] })
    const logs = question('Show the logs of the cart pod in shop')
    await check({ route: 'POST /api/chat', status: 200, body: logs })
  })

  it('of a question that waits for an approval', async () => {
    const messages = [{ role: 'user', content: 'Scale the deployment web in namespace shop to 4' }]
    const body = JSON.stringify({ id: 'c1', messages })
    const headers = { ...login, accept: 'application/json' }
    const answer = await check({ route: 'POST /api/chat', status: 200, headers, body })
    expect(answer).toMatchObject({ finishReason: 'approval-required', approvals: [{ tool: 'kubectl_scale' }] })
  })

  it('of too many questions', async () => {
    const ask = (): Promise<Response> =>
      fetch(`${app.url}/api/chat`, { method: 'POST', headers: login, body: question('Show me all pods') })
    await expect.poll(async () => (await ask()).status, { timeout: 20_000 }).toBe(429)
    await check({ route: 'POST /api/chat', status: 429, body: question('Show me all pods') })
  })
})
