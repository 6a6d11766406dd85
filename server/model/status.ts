/** Monitors the model server between questions: reachability, loaded model, window. */
import { both, detailOf, msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { waitFor } from '#shared/wait-for'
import { createOllamaApi } from './ollama-api'
import type { OllamaApi } from './ollama-api'
import { noToolsMessage } from './status-errors'
import { ModelError } from './types'
import type { ModelErrorCode } from './types'

/** The context window in tokens, and the source of the number. */
export interface ModelWindow {
  tokens: number
  /** `server`: /api/ps; `setting`: the operator's; `assumed`: Ollama's smallest default. */
  source: 'server' | 'setting' | 'assumed'
}

export interface ModelStatus {
  /** The model server responds. */
  reachable: boolean
  /** The model is in memory. Absent if the server does not report it. */
  loaded?: boolean
  window: ModelWindow
  /** Set if something is wrong. */
  reason?: Message
  /** The model's capabilities, e.g. `tools`, `thinking`, if reported. */
  capabilities?: string[]
  /** Names of the server's models, if reported. */
  models?: string[]
  /** Why questions cannot be answered although the server is reachable. */
  obstacle?: ModelObstacle
}

export interface ModelObstacle {
  code: Extract<ModelErrorCode, 'model-not-found' | 'model-no-tools'>
  detail: Message
}

export interface ModelMonitorOptions {
  /** The server's URL, with or without `/v1`. */
  baseUrl: string
  model: string
  apiKey?: string
  /** The operator's setting, in tokens: used if the server has no /api/ps or does not list the model. */
  contextLength?: number
  /** How long the warm-up keeps the model in memory. */
  keepAlive?: string
}

/** Ollama's default with less than about 24 GiB of VRAM, and so the smallest expected window. */
const ASSUMED_TOKENS = 4096

export class ModelMonitor {
  private readonly api: OllamaApi
  private current: ModelStatus
  private refreshing: Promise<ModelStatus> | undefined
  private warming: Promise<ModelStatus> | undefined
  /** The last reported window, which stays valid for a model that was unloaded. */
  private seenWindow: number | undefined
  /** Error of the last load, until the model is seen in memory. */
  private loadError: Message | undefined
  private loading = false
  /** The server did not respond to the warm-up: repeat it once the server is back. */
  private warmUpDue = false
  private readonly changeListeners = new Set<() => void>()
  private readonly closed = new AbortController()

  /** @throws TypeError if `baseUrl` is not an http(s) URL */
  constructor(private readonly options: ModelMonitorOptions) {
    this.api = createOllamaApi(options)
    this.current = { reachable: false, window: this.window(undefined), reason: msg('model-not-asked') }
  }

  /** As last seen, without a request. */
  status(): ModelStatus {
    return this.current
  }

  /** Called when the status has changed. */
  onChange(listener: () => void): void {
    this.changeListeners.add(listener)
  }

  /** Why the model cannot answer questions. A known reason is checked again: the model may have been pulled. */
  async obstacle(signal?: AbortSignal): Promise<ModelObstacle | undefined> {
    return this.current.obstacle && (await this.refresh(signal)).obstacle
  }

  /**
   * Loads the model, then checks it. Never throws: errors become the status's reason. Concurrent calls share one load.
   * @param signal ends this caller's waiting, with the status so far
   */
  warmUp(signal?: AbortSignal): Promise<ModelStatus> {
    this.warming ??= this.load().finally(() => (this.warming = undefined))
    return this.shared(this.warming, signal)
  }

  /** The server may have been restarted: loads the model again once it is back. */
  lost(): void {
    this.warmUpDue = true
    void this.refresh()
  }

  /** Resolves when the model is in memory, or at once if the server cannot tell. */
  async untilLoaded(signal: AbortSignal): Promise<void> {
    await this.api.warmUp(this.options.model, undefined, signal)
  }

  /**
   * Checks again. Never throws. Concurrent calls share one check.
   * @param signal ends this caller's waiting, with the status so far
   */
  refresh(signal?: AbortSignal): Promise<ModelStatus> {
    this.refreshing ??= this.look().finally(() => (this.refreshing = undefined))
    return this.shared(this.refreshing, signal)
  }

  /** Ends a check and a load. */
  close(): void {
    this.closed.abort()
  }

  private async shared(work: Promise<ModelStatus>, signal?: AbortSignal): Promise<ModelStatus> {
    return signal ? await waitFor(work, signal).catch(() => this.current) : await work
  }

  private async load(): Promise<ModelStatus> {
    const { model, keepAlive = '1h' } = this.options
    this.loadError = undefined
    this.loading = true
    try {
      const { reachable } = await this.refresh()
      this.warmUpDue = !reachable
      if (reachable) await this.api.warmUp(model, keepAlive, this.closed.signal)
    } catch (error) {
      this.warmUpDue = !answered(error)
      this.loadError = detailOf(error)
    } finally {
      this.loading = false
    }
    // A check started before the end of the load would miss it.
    await this.refreshing
    return this.refresh()
  }

  private async look(): Promise<ModelStatus> {
    const next = await this.ask()
    if (this.closed.signal.aborted) return this.current
    this.become(next)
    if (next.reachable && this.warmUpDue && !this.warming) void this.warmUp()
    return this.current
  }

  private become(next: ModelStatus): void {
    const isNews = JSON.stringify(next) !== JSON.stringify(this.current)
    this.current = next
    if (isNews) for (const listener of this.changeListeners) listener()
  }

  private async ask(): Promise<ModelStatus> {
    const { api } = this
    const { signal } = this.closed
    const { model } = this.options
    try {
      const running = await api.running(signal)
      if (!running.offered) return { reachable: true, window: this.window(undefined) }
      const found = running.value.find((each) => sameModel(each.name, model))
      if (found) this.loadError = undefined
      if (found?.contextLength) this.seenWindow = found.contextLength
      const [shown, models] = await Promise.all([this.show(), api.models(signal)])
      const loading = this.loading ? msg('model-loading', { model }) : undefined
      const obstacle = shown.obstacle && withNames(shown.obstacle, models.offered ? models.value : [], model)
      const reason = obstacle?.detail ?? this.loadError ?? loading
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
      return { reachable: answered(error), window: this.window(undefined), reason: detailOf(error) }
    }
  }

  /** A missing model, or one without tools, is a reason, not an unreachable server. */
  private async show(): Promise<{ capabilities?: string[]; obstacle?: ModelObstacle }> {
    const { model } = this.options
    try {
      const shown = await this.api.show(model, this.closed.signal)
      const capabilities = shown.offered ? shown.value.capabilities : undefined
      if (!capabilities) return {}
      if (capabilities.includes('tools')) return { capabilities }
      return { capabilities, obstacle: { code: 'model-no-tools', detail: noToolsMessage(model) } }
    } catch (error) {
      if (error instanceof ModelError && error.code === 'model-not-found')
        return { obstacle: { code: error.code, detail: error.detail } }
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

/** Maximum names in a message. */
const MAX_NAMES = 12

/** Appends the available models. */
function withNames({ code, detail }: ModelObstacle, models: readonly string[], failed: string): ModelObstacle {
  const others = models.filter((name) => !sameModel(name, failed))
  if (others.length === 0) return { code, detail }
  const names = others.slice(0, MAX_NAMES).join(', ') + (others.length > MAX_NAMES ? ', …' : '')
  const which = code === 'model-not-found' ? msg('model-it-has', { names }) : msg('model-others', { names })
  return { code, detail: both(detail, which) }
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
