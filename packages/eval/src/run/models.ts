/** The model of an evaluation: the operator's, or a scripted one. */
import { freePort } from '../../../../tests/support/app/network'
import type { Env } from '../../../../tests/support/app/program'
import type { ScriptedKind } from '../options'
import { scriptOf } from '../scripted/script'
import type { Script } from '../scripted/script'
import { startScriptedModel } from '../scripted/server'
import type { Task } from '../task/schema'

export interface ModelUnderTest {
  /** Settings of the assistant that override the operator's. */
  env: Env
  onStart: (task: Task) => void
  /** For a scripted model: what it plays next. */
  play: (script: Script) => void
  close: () => Promise<void>
}

const nothing = (): void => undefined

/** @param scripted undefined: the operator's model */
export async function chooseModel(scripted: ScriptedKind | undefined): Promise<ModelUnderTest> {
  if (scripted === undefined) return { env: {}, onStart: nothing, play: nothing, close: async () => undefined }
  if (scripted === 'off') {
    const env = { OLLAMA_BASE_URL: `http://127.0.0.1:${await freePort()}`, OLLAMA_MODEL: 'off' }
    return { env, onStart: nothing, play: nothing, close: async () => undefined }
  }
  const model = await startScriptedModel(`scripted-${scripted}`)
  return {
    env: { OLLAMA_BASE_URL: model.url, OLLAMA_MODEL: model.model },
    onStart: scripted === 'solution' ? (task) => model.play(scriptOf(task)) : nothing,
    play: model.play,
    close: model.close,
  }
}
