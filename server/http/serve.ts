/**
 * Serves the built application. Replaces Nitro's own entry (presets/node/runtime/node-server), which listens on every
 * interface by default, takes certificates as text, survives a port conflict, and keeps a stopped process alive while a
 * stream is open.
 */
import { toNodeListener } from 'h3'
import { useNitroApp } from 'nitropack/runtime'
import { startProblem } from '../config/error'
import { listenProblem, listenUrl } from '../config/listen'
import { configOfProcess } from '../config/of-process'
import { log } from '../core/log'
import { useAssistant } from '../core/running'
import { createSocketServer } from '../socket/upgrade'
import { createMainServer } from './server'
import { startSideServers } from './side-servers'
import type { MainServer } from './server'

/** How long finished turns' responses and connections may take to close, in milliseconds. */
const GRACE_MS = 3000

const nitro = useNitroApp()
const { listen: config, operation } = configOfProcess()
const sockets = createSocketServer()
const starting = start().catch(fail)

async function start(): Promise<MainServer> {
  await startSideServers(operation, await useAssistant(), log)
  const main = await createMainServer(config, toNodeListener(nitro.h3App), log)
  const { server, fingerprint } = main
  server.on('upgrade', sockets.upgrade)
  server.once('error', (error: NodeJS.ErrnoException) => fail(listenProblem(error.code, config) ?? error))
  server.listen({ host: config.host, port: config.port }, () => {
    const address = server.address()
    if (address === null || typeof address === 'string') return
    const selfSigned = config.tls?.kind === 'self-signed'
    const certificate = fingerprint !== undefined && { fingerprint, selfSigned }
    log.info({ url: listenUrl(address, config.tls !== undefined), ...certificate }, 'listening')
  })
  return main
}

// An unexpected rejection must not end all conversations.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'))
process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught exception'))
process.on('SIGTERM', () => void stop('with-grace'))
// Interactive: Ctrl-C does not wait for turns.
process.on('SIGINT', () => void stop('at-once'))

let stopping = false

/**
 * Refuses new questions, lets running turns finish, closes Nitro's plugins, and exits with 0. Keeps listening
 * meanwhile, so that new questions get a reason and pages can resume their turns.
 */
async function stop(how: 'with-grace' | 'at-once'): Promise<void> {
  // Ctrl-C arrives twice: from the terminal, and forwarded by the parent process.
  if (stopping) return
  stopping = true
  log.info({ how }, 'stopping')
  const { server, stop: release } = await starting
  await (await useAssistant()).endTurns(how)
  setTimeout(() => {
    server.closeAllConnections()
    sockets.cut()
  }, GRACE_MS).unref()
  sockets.close()
  const closed = new Promise((resolve) => server.close(resolve))
  release()
  // A connection becomes idle after its last response and would be kept alive for seconds.
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
