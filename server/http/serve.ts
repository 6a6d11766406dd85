/**
 * Serves the built application. It stands in for Nitro's own entry (presets/node/runtime/node-server), which listens on
 * every interface by default, wants certificates as text, outlives a port that is in use, and keeps a stopped process
 * alive for as long as a stream is open.
 */
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { toNodeListener } from 'h3'
import { useNitroApp } from 'nitropack/runtime'
import { startProblem } from '../config/error'
import { listenProblem, listenUrl } from '../config/listen'
import { configOfProcess } from '../config/of-process'
import { log } from '../core/log'
import { useAssistant } from '../core/running'
import { createSocketServer } from '../socket/upgrade'

/** How long answers to turns that have ended, and the links, may take to close, in milliseconds. */
const GRACE_MS = 3000

/** How often Node looks for requests that take too long, in milliseconds. */
const CHECK_MS = 1000

/**
 * How long an idle connection is kept, in milliseconds: longer than proxies keep theirs (60 s is usual). With Node's 5 s a
 * request now and then met a connection that was just being closed.
 */
const IDLE_MS = 65_000

const nitro = useNitroApp()
const { listen: config } = configOfProcess()
const listener = toNodeListener(nitro.h3App)
const { requestMs } = config
const limits = {
  requestTimeout: requestMs,
  headersTimeout: requestMs,
  keepAliveTimeout: IDLE_MS,
  connectionsCheckingInterval: CHECK_MS,
}
const server = config.tls
  ? createHttpsServer({ ...limits, ...config.tls }, listener)
  : createHttpServer(limits, listener)
const sockets = createSocketServer()
server.on('upgrade', sockets.upgrade)

server.once('error', (error: NodeJS.ErrnoException) => fail(listenProblem(error.code, config) ?? error))
server.listen({ host: config.host, port: config.port }, () => {
  const address = server.address()
  if (address === null || typeof address === 'string') return
  log.info({ url: listenUrl(address, config.tls !== undefined) }, 'listening')
})

// One broken request is no reason to end everybody's conversation.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'))
process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught exception'))
process.on('SIGTERM', () => void stop('with-grace'))
// Who presses Ctrl-C waits for it.
process.on('SIGINT', () => void stop('at-once'))

let stopping = false

/**
 * Takes no new questions, lets those that run come to their end, closes what Nitro's plugins opened, and exits with 0.
 * It goes on listening meanwhile, so that a new question is told why it is refused, and a page can take its turn up again.
 */
async function stop(how: 'with-grace' | 'at-once'): Promise<void> {
  // A terminal's Ctrl-C reaches us twice: from the terminal, and passed on by the process that started us.
  if (stopping) return
  stopping = true
  log.info({ how }, 'stopping')
  await (await useAssistant()).endTurns(how)
  setTimeout(() => {
    server.closeAllConnections()
    sockets.cut()
  }, GRACE_MS).unref()
  sockets.close()
  const closed = new Promise((resolve) => server.close(resolve))
  // A connection falls idle once its last answer has gone out, and would be kept alive for seconds.
  setInterval(() => server.closeIdleConnections(), 20).unref()
  await Promise.all([closed, withinGrace(nitro.hooks.callHook('close'))])
  process.exit(0)
}

async function withinGrace(closing: Promise<void>): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, GRACE_MS))
  await Promise.race([closing, late]).catch((error: unknown) => log.error({ err: error }, 'closing failed'))
}

function fail(error: unknown): never {
  process.stderr.write(startProblem(error))
  process.exit(1)
}
