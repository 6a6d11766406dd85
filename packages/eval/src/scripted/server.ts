/** A model server that plays scripts, with Ollama's frames. */
import { startReplayServer } from '../../../../tests/support/ollama'
import { Player } from './player'
import type { Script } from './script'

export interface ScriptedModel {
  /** Without `/v1`. */
  url: string
  model: string
  /** Plays this script from now on. */
  play: (script: Script) => void
  close: () => Promise<void>
}

const WINDOW = 32_768

export async function startScriptedModel(name: string): Promise<ScriptedModel> {
  const server = await startReplayServer({ model: name, contextLength: WINDOW, loaded: true })
  let player = new Player({ questions: [], plays: [] })
  server.onRequest((request) => player.next(request))
  return {
    url: server.url,
    model: name,
    play: (script) => void (player = new Player(script)),
    close: server.close,
  }
}
