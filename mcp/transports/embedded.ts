/** Serves the application that started this program, until the application exits. */
import { chmod, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { ListenAddress } from '../config'
import type { Log } from '../protocol/log'
import { createHttpServer, listen } from './http-server'
import { stdinEnded } from './stdio'
import { StreamableEndpoint } from './streamable'

export interface EmbeddedOptions {
  listen: ListenAddress
  secret: string
  connect: (transport: Transport) => Promise<unknown>
  maxSessions: number
  /** Resolves when the program should end. */
  stopped: Promise<void>
  log: Log
}

/** Resolves when the parent process exits, which closes stdin. */
export async function serveEmbedded(options: EmbeddedOptions): Promise<void> {
  const { connect, maxSessions, secret, log } = options
  process.stdin.resume()
  const ended = stdinEnded()
  // The connection is local, so answers need no resumable streams.
  const endpoint = new StreamableEndpoint({ connect, maxSessions, answers: 'json' })
  const server = createHttpServer({ access: { token: secret, hosts: [] }, routes: endpoint.routes, log })
  const listening = await listenAt(server, options.listen)
  process.stdout.write(`${JSON.stringify({ listening })}\n`)
  await Promise.race([ended, options.stopped])
  await endpoint.close()
  server.close()
  server.closeAllConnections()
  if (options.listen.kind === 'socket') await rm(options.listen.path, { force: true })
}

/** @returns `unix:PATH`, or the URL of `/mcp` */
async function listenAt(server: Server, address: ListenAddress): Promise<string> {
  if (address.kind === 'tcp') {
    await listen(server, { host: address.host, port: address.port })
    const bound = server.address()
    const port = typeof bound === 'object' && bound ? bound.port : address.port
    return `http://${address.host.includes(':') ? `[${address.host}]` : address.host}:${port}/mcp`
  }
  const { path } = address
  // A killed process may have left its socket.
  await rm(path, { force: true })
  const mask = process.umask(0o077)
  try {
    await listen(server, { path })
  } finally {
    process.umask(mask)
  }
  await chmod(path, 0o600)
  return `unix:${path}`
}
