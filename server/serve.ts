/**
 * Serves the built application. It stands in for Nitro's own entry (presets/node/runtime/node-server), which listens on
 * every interface by default, wants certificates as text, outlives a port that is in use, and keeps a stopped process
 * alive for as long as a stream is open.
 */
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { toNodeListener } from 'h3'
import { useNitroApp } from 'nitropack/runtime'
import { ConfigError } from './config'
import { listenProblem, listenUrl, readListen } from './listen'
import { log } from './log'

/** How long answers that are still streaming may go on after a signal, in milliseconds. */
const GRACE_MS = 3000

const nitro = useNitroApp()
const config = readConfigOrExit()
const listener = toNodeListener(nitro.h3App)
const server = config.tls ? createHttpsServer(config.tls, listener) : createHttpServer(listener)

server.once('error', (error: NodeJS.ErrnoException) => fail(listenProblem(error.code, config) ?? error))
server.listen({ host: config.host, port: config.port }, () => {
  const address = server.address()
  if (address === null || typeof address === 'string') return
  log.info({ url: listenUrl(address, config.tls !== undefined) }, 'listening')
})

// One broken request is no reason to end everybody's conversation.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'))
process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught exception'))
process.on('SIGTERM', (signal) => void stop(signal))
process.on('SIGINT', (signal) => void stop(signal))

let stopping = false

/** Accepts nothing new, closes what Nitro's plugins opened, gives streams the grace, and exits with 0. */
async function stop(signal: NodeJS.Signals): Promise<void> {
  // A terminal's Ctrl-C reaches us twice: from the terminal, and passed on by the process that started us.
  if (stopping) return
  stopping = true
  log.info({ signal }, 'stopping')
  setTimeout(() => server.closeAllConnections(), GRACE_MS).unref()
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  await Promise.all([closed, withinGrace(nitro.hooks.callHook('close'))])
  process.exit(0)
}

async function withinGrace(closing: Promise<void>): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, GRACE_MS))
  await Promise.race([closing, late]).catch((error: unknown) => log.error({ err: error }, 'closing failed'))
}

function readConfigOrExit() {
  try {
    return readListen(process.env)
  } catch (error) {
    return fail(error)
  }
}

function fail(error: unknown): never {
  const words = error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`K8s AI Assistant cannot start. ${words}\n`)
  process.exit(1)
}
