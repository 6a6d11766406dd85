/**
 * What a real model server reads ahead: its prompts, as its own template renders them. TEST_OLLAMA_URL, and the folder
 * of its script and prompts in TEST_OLLAMA_SCRIPTS.
 */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startApp } from '../support/app'
import { PageConversation } from '../support/page-conversation'
import { play } from '../support/scenarios/scenario'
import type { Scenario } from '../support/scenarios/scenario'

const { TEST_OLLAMA_URL: url, TEST_OLLAMA_SCRIPTS: folder } = process.env
const there = url && folder ? { url, folder } : undefined

/** Tells the prompts of this run from those of earlier ones, which the server keeps. */
const RUN = randomUUID().slice(0, 8)

/** A real server reads its vocabulary at each request. */
const WAIT = { timeout: 60_000, interval: 50 }

const ONE_TOKEN = { text: 'I' }
const LOOK = {
  when: 'pods in shop<\\|end\\|><\\|start\\|>assistant$',
  text: '<|channel|>analysis<|message|>I look first.<|end|><|start|>assistant<|channel|>commentary to=functions.kubectl_get <|constrain|>json<|message|>{"resource":"pods","namespace":"shop"}<|call|>',
}
const SAY = {
  when: 'I look first',
  text: '<|channel|>analysis<|message|>Now I know.<|end|><|start|>assistant<|channel|>final<|message|>They are in the table.<|return|>',
}
const AGAIN = {
  when: 'Are you sure',
  text: '<|channel|>analysis<|message|>Yes.<|end|><|start|>assistant<|channel|>final<|message|>It is as I said.<|return|>',
}

async function script(name: string, steps: Scenario['steps']): Promise<void> {
  if (!there) throw new Error('no server')
  const scenario: Scenario = {
    name: `${name}-${RUN}`,
    question: '',
    accessMode: 'read-only',
    loadMs: 0,
    steps,
    expect: '',
  }
  await play(scenario, there.url, there.folder)
}

/** The prompts of a script so far, without the mark after which the model writes. */
function prompts(name: string): string[] {
  const number = (file: string) => Number(/-(\d+)\.txt$/.exec(file)?.[1])
  const dir = there?.folder ?? ''
  const files = readdirSync(dir).filter((file) => file.startsWith(`prompt-${name}-${RUN}-`))
  return files
    .sort((one, other) => number(one) - number(other))
    .map((file) => readFileSync(join(dir, file), 'utf8').replace(/<\|start\|>assistant$/, ''))
}

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function start() {
  const app = await startApp({ OLLAMA_BASE_URL: there?.url, READ_AHEAD: 'auto' })
  stops.push(app.stop)
  return app
}

describe.skipIf(!there)('a real model server', { timeout: 180_000 }, () => {
  it('has read all but the question when it is asked', async () => {
    await script('ahead', [LOOK, SAY, AGAIN, ONE_TOKEN])
    const page = new PageConversation((await start()).url)
    await expect.poll(() => prompts('ahead'), WAIT).toHaveLength(1)
    await page.ask('pods in shop')
    await expect.poll(() => prompts('ahead'), WAIT).toHaveLength(4)
    await page.ask('Are you sure?')
    const [beginning = '', first = '', , finished = '', second = ''] = prompts('ahead')
    expect(first.startsWith(beginning)).toBe(true)
    expect(first.slice(beginning.length)).toMatch(/^<\|start\|>user<\|message\|>pods in shop.*<\|end\|>$/s)
    expect(finished).toContain('They are in the table.')
    expect(finished).not.toContain('I look first')
    expect(second.startsWith(finished)).toBe(true)
    expect(second.slice(finished.length)).toMatch(/^<\|start\|>user<\|message\|>Are you sure\?.*<\|end\|>$/s)
  })

  it('answers at once although it was reading ahead', async () => {
    await script('cancel', [AGAIN, { ...ONE_TOKEN, firstMs: 120_000 }])
    const page = new PageConversation((await start()).url)
    await expect.poll(() => prompts('cancel'), WAIT).toHaveLength(1)
    await page.ask('Are you sure?')
    expect(prompts('cancel').at(-1)).toContain('Are you sure?')
  }, 60_000)
})
