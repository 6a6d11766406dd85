/** What is known of the model server between the questions: whether it answers, what is loaded, which window is in force. */
import { createOllamaApi } from './ollama-api'
import type { OllamaApi } from './ollama-api'
import { noToolsMessage } from './status-errors'
import { ModelError } from './types'
import type { ModelErrorCode } from './types'

/** The context window, in tokens, and where the number is from. */
export interface ModelWindow {
  tokens: number
  /** `server`: /api/ps; `setting`: the operator's; `assumed`: Ollama's smallest default. */
  source: 'server' | 'setting' | 'assumed'
}

export interface ModelStatus {
  /** Something answers at the model server's address. */
  reachable: boolean
  /** The model is in memory now. Absent where the server does not say. */
  loaded?: boolean
  window: ModelWindow
  /** In words, where something is not as it should be. */
  reason?: string
  /** What the model can do, e.g. `tools`, `thinking`, where the server says. */
  capabilities?: string[]
  /** Names of the models the server has, where it says. */
  models?: string[]
  /** Why no question can be answered, though the server is there. */
  obstacle?: ModelObstacle
}

export interface ModelObstacle {
  code: Extract<ModelErrorCode, 'model-not-found' | 'model-no-tools'>
  message: string
}

export interface ModelMonitorOptions {
  /** The server's URL, with or without `/v1`. */
  baseUrl: string
  model: string
  apiKey?: string
  /** The operator's setting, in tokens: used where the server has no /api/ps, or does not list the model. */
  contextLength?: number
  /** How long the warm-up keeps the model in memory. */
  keepAlive?: string
}

/** Ollama's default with less than about 24 GiB of VRAM, and so the smallest window to expect. */
const ASSUMED_TOKENS = 4096

const NOT_ASKED = 'The model server has not been asked yet.'

/** One for each process. */
export class ModelMonitor {
  private readonly api: OllamaApi
  private current: ModelStatus
  private refreshing: Promise<ModelStatus> | undefined
  private warming: Promise<ModelStatus> | undefined
  /** The last window the server told: it stays in force for a model that was unloaded since. */
  private seenWindow: number | undefined
  /** What went wrong when the model was loaded, until it is seen in memory. */
  private loadError: string | undefined
  private loading = false
  /** The server did not answer the warm-up: it is repeated once the server is back. */
  private warmUpDue = false
  private readonly changeListeners = new Set<() => void>()

  /** @throws TypeError when `baseUrl` is no http(s) URL */
  constructor(private readonly options: ModelMonitorOptions) {
    this.api = createOllamaApi(options)
    this.current = { reachable: false, window: this.window(undefined), reason: NOT_ASKED }
  }

  /** As last seen; asks nothing. */
  status(): ModelStatus {
    return this.current
  }

  /** Called when the status has changed. */
  onChange(listener: () => void): void {
    this.changeListeners.add(listener)
  }

  /** Why the model cannot answer questions. Looked up anew where there was a reason: a model may have been pulled since. */
  async obstacle(): Promise<ModelObstacle | undefined> {
    return this.current.obstacle && (await this.refresh()).obstacle
  }

  /** Loads the model, then looks. Never throws: what went wrong is the status's reason. Calls at once share one load. */
  warmUp(signal?: AbortSignal): Promise<ModelStatus> {
    this.warming ??= this.load(signal).finally(() => (this.warming = undefined))
    return this.warming
  }

  /** Looks again. Never throws. Calls at once share one look. */
  refresh(signal?: AbortSignal): Promise<ModelStatus> {
    this.refreshing ??= this.look(signal).finally(() => (this.refreshing = undefined))
    return this.refreshing
  }

  private async load(signal?: AbortSignal): Promise<ModelStatus> {
    const { model, keepAlive = '1h' } = this.options
    this.loadError = undefined
    this.loading = true
    try {
      const { reachable } = await this.refresh(signal)
      this.warmUpDue = !reachable
      if (reachable) await this.api.warmUp(model, keepAlive, signal)
    } catch (error) {
      this.warmUpDue = !answered(error)
      this.loadError = wordsOf(error)
    } finally {
      this.loading = false
    }
    // A look that began before the load ended would not know of it.
    await this.refreshing
    return this.refresh(signal)
  }

  private async look(signal?: AbortSignal): Promise<ModelStatus> {
    const next = await this.ask(signal)
    if (!signal?.aborted) this.become(next)
    if (this.current.reachable && this.warmUpDue && !this.warming && !signal?.aborted) void this.warmUp(signal)
    return this.current
  }

  private become(next: ModelStatus): void {
    const isNews = JSON.stringify(next) !== JSON.stringify(this.current)
    this.current = next
    if (isNews) for (const listener of this.changeListeners) listener()
  }

  private async ask(signal?: AbortSignal): Promise<ModelStatus> {
    const { api } = this
    const { model } = this.options
    try {
      const running = await api.running(signal)
      if (!running.offered) return { reachable: true, window: this.window(undefined) }
      const found = running.value.find((each) => sameModel(each.name, model))
      if (found) this.loadError = undefined
      if (found?.contextLength) this.seenWindow = found.contextLength
      const [shown, models] = await Promise.all([this.show(signal), api.models(signal)])
      const loading = this.loading ? `The model ${model} is being loaded.` : undefined
      const obstacle = shown.obstacle && withNames(shown.obstacle, models.offered ? models.value : [], model)
      const reason = obstacle?.message ?? this.loadError ?? loading
      return {
        reachable: true,
        loaded: found !== undefined,
        window: this.window(found?.contextLength),
        ...(reason && { reason }),
        ...(obstacle && { obstacle }),
        ...(shown.capabilities && { capabilities: shown.capabilities }),
        ...(models.offered && { models: models.value }),
      }
    } catch (error) {
      return { reachable: answered(error), window: this.window(undefined), reason: wordsOf(error) }
    }
  }

  /** A model that the server does not have, or that takes no tools, is a reason in words, not a server that is down. */
  private async show(signal?: AbortSignal): Promise<{ capabilities?: string[]; obstacle?: ModelObstacle }> {
    const { model } = this.options
    try {
      const shown = await this.api.show(model, signal)
      const capabilities = shown.offered ? shown.value.capabilities : undefined
      if (!capabilities) return {}
      if (capabilities.includes('tools')) return { capabilities }
      return { capabilities, obstacle: { code: 'model-no-tools', message: noToolsMessage(model) } }
    } catch (error) {
      if (error instanceof ModelError && error.code === 'model-not-found')
        return { obstacle: { code: error.code, message: error.message } }
      throw error
    }
  }

  private window(told: number | undefined): ModelWindow {
    if (told) return { tokens: told, source: 'server' }
    if (this.options.contextLength) return { tokens: this.options.contextLength, source: 'setting' }
    if (this.seenWindow) return { tokens: this.seenWindow, source: 'server' }
    return { tokens: ASSUMED_TOKENS, source: 'assumed' }
  }
}

/** More names than this help nobody. */
const MAX_NAMES = 12

/** Which models there are is what one wants to know next. */
function withNames({ code, message }: ModelObstacle, models: readonly string[], failed: string): ModelObstacle {
  const others = models.filter((name) => !sameModel(name, failed))
  if (others.length === 0) return { code, message }
  const names = others.slice(0, MAX_NAMES).join(', ') + (others.length > MAX_NAMES ? ', …' : '')
  return { code, message: `${message} ${code === 'model-not-found' ? 'It has' : 'On this server'}: ${names}.` }
}

/** Ollama lists `llama3.2` as `llama3.2:latest`. */
function sameModel(listed: string, wanted: string): boolean {
  return withTag(listed) === withTag(wanted)
}

function withTag(name: string): string {
  const lower = name.toLowerCase()
  return lower.slice(lower.lastIndexOf('/') + 1).includes(':') ? lower : `${lower}:latest`
}

function answered(error: unknown): boolean {
  return error instanceof ModelError && error.code !== 'model-unreachable' && error.code !== 'model-stalled'
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
