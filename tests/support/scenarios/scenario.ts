/** What a scripted model server plays, and how to tell it so: a script of completions in a folder that it reads. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

const stepSchema = z.looseObject({
  /** In harmony format. */
  text: z.string(),
  end: z.string().optional(),
  tokenMs: z.number().optional(),
})

const scenarioSchema = z.object({
  name: z.string(),
  question: z.string(),
  accessMode: z.enum(['read-only', 'approve']).default('read-only'),
  loadMs: z.number().default(0),
  steps: z.array(stepSchema).min(1),
  /** What the assistant must do, as a sentence: see expectation.ts. */
  expect: z.string(),
})
export type Scenario = z.infer<typeof scenarioSchema>

/** @param path of a JSON file: an array of scenarios */
export function readScenarios(path: string): Scenario[] {
  return z.array(scenarioSchema).parse(JSON.parse(readFileSync(path, 'utf8')))
}

/** Whether it waits for seconds on purpose. */
export function isSlow({ loadMs, steps }: Scenario): boolean {
  return loadMs > 0 || steps.some(({ end, tokenMs = 0 }) => end === 'hang' || tokenMs > 20)
}

let played = 0

/** @param folder that the server reads at each completion */
export async function play({ name, loadMs, steps }: Scenario, url: string, folder: string): Promise<void> {
  const script = { id: `${name}-${Date.now()}-${++played}`, loadMs, steps }
  // Never in place: the server may be reading it.
  writeFileSync(join(folder, 'script.json.new'), JSON.stringify(script))
  renameSync(join(folder, 'script.json.new'), join(folder, 'script.json'))
  if (loadMs > 0) await unload(url)
}

const loadedSchema = z.object({ models: z.array(z.object({ name: z.string() })) })

/** A load counts when the model is loaded, so it must not be. */
async function unload(url: string): Promise<void> {
  for (;;) {
    const { models } = loadedSchema.parse(await (await fetch(`${url}/api/ps`)).json())
    if (models.length === 0) return
    for (const { name: model } of models)
      await (
        await fetch(`${url}/api/generate`, { method: 'POST', body: JSON.stringify({ model, keep_alive: 0 }) })
      ).text()
    await delay(50)
  }
}

/** The text for the person in a completion; empty if it has none. */
export function finalText(text: string): string {
  return /<\|channel\|>final<\|message\|>(.*)$/s.exec(text)?.[1]?.trim() ?? ''
}
