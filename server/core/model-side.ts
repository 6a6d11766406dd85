/** The model of the process: its server's state, its client, and what it reads ahead. */
import { TokenMeter } from '../agent/budget'
import { stepPauses } from '../agent/model-step'
import type { Config } from '../config/config'
import { createOllamaModel } from '../model/client'
import { familySampling } from '../model/families'
import { ReadAhead } from '../model/read-ahead'
import { ModelMonitor } from '../model/status'
import { readsAhead } from './reading-ahead'
import { chooseModel } from './sources'

/** Interval for polling the model's state, in milliseconds: in good state, and otherwise. */
const REFRESH_MS = { ok: 10_000, else: 3000 }

/** Chooses the model, loads it and polls it until `close`. */
export async function openModelSide(config: Config) {
  const source = await chooseModel(config)
  const { apiKey, contextLength, stallMs, sampling, answerTokens, busyMs, readAhead } = config.model
  const { baseUrl, name, demo } = source
  const access = { baseUrl, model: name, ...(apiKey && !demo && { apiKey }) }
  const monitor = new ModelMonitor({ ...access, ...(contextLength !== undefined && { contextLength }) })
  const model = createOllamaModel({
    ...access,
    stallMs,
    sampling: { ...familySampling(name), ...sampling },
    untilLoaded: (signal) => monitor.untilLoaded(signal),
    onLost: () => monitor.lost(),
  })
  const ahead = new ReadAhead({ model, isWanted: () => readsAhead(readAhead, monitor, demo) })
  const stopWatching = watchModel(monitor)
  return {
    source,
    monitor,
    readAhead: ahead,
    /** What each turn needs of the model. */
    forTurns: {
      ...{ model, monitor, meter: new TokenMeter(), maxRounds: config.maxRounds, pauses: stepPauses(busyMs) },
      ...(answerTokens !== undefined && { answerTokens }),
    },
    close: async () => {
      stopWatching()
      ahead.close()
      await source.close()
    },
  }
}

/**
 * Loads the model and polls it.
 * @returns stops both
 */
function watchModel(monitor: ModelMonitor): () => void {
  let timer: NodeJS.Timeout
  let isStopped = false
  const lookIn = (ms: number) => {
    timer = setTimeout(() => void look(), ms)
    timer.unref()
  }
  const look = async () => {
    const { reachable, reason } = await monitor.refresh()
    if (!isStopped) lookIn(reachable && !reason ? REFRESH_MS.ok : REFRESH_MS.else)
  }
  void monitor.warmUp()
  lookIn(REFRESH_MS.else)
  return () => {
    isStopped = true
    clearTimeout(timer)
    monitor.close()
  }
}
