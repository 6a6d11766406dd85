import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runbooksSchema } from '../../../shared/commands/runbook'
import { spawnApp, startApp } from '../../support/app'

const TOKEN = 'a-token-of-some-length'
let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'runbooks-test-'))
  file = join(folder, 'runbooks.yaml')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('answers the runbooks of the file behind the login', async () => {
  writeFileSync(file, 'runbooks: [{ name: cart-down, title: Cart, steps: [/pods shop], text: "**Call**" }]')
  const app = await startApp({ DEMO: '1', RUNBOOKS_FILE: file, AUTH_MODE: 'token', AUTH_TOKEN: TOKEN })
  const get = (headers: Record<string, string> = {}) => fetch(`${app.url}/api/runbooks`, { headers })
  expect((await get()).status).toBe(401)
  const response = await get({ authorization: `Bearer ${TOKEN}` })
  expect(runbooksSchema.parse(await response.json()).runbooks).toEqual([
    { name: 'cart-down', title: { en: 'Cart' }, arguments: [], steps: ['/pods shop'], text: '**Call**' },
  ])
  await app.stop()
})

it('answers none without a file', async () => {
  const app = await startApp({ DEMO: '1' })
  expect(await (await fetch(`${app.url}/api/runbooks`)).json()).toEqual({ runbooks: [] })
  await app.stop()
})

it('does not start with a wrong file, and names the place', async () => {
  const refused = async () => {
    const app = spawnApp({ DEMO: '1', RUNBOOKS_FILE: file })
    expect((await app.ended).code).toBe(1)
    return app.logs().join('\n')
  }
  writeFileSync(file, 'runbooks:\n  - name: cart-down\n    title: Cart\n    steps:\n      - /podz shop\n')
  expect(await refused()).toContain(`RUNBOOKS_FILE: ${file}, line 5: runbooks.0.steps.0: must begin with /diagnose`)
  rmSync(file)
  expect(await refused()).toMatch(/RUNBOOKS_FILE: .*no such file/)
})
