/** The Kubernetes MCP server: over stdio, as a child of the application, or over HTTP. */
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { version } from '../package.json'
import { forgetSecrets } from '../shared/environment/children'
import type { RawEnvironment } from '../shared/environment/read'
import { ConfigError, HELP, readConfig } from './config'
import type { ProgramConfig, WritesConfig } from './config'
import { ClusterPool } from './protocol/clusters'
import { createLog } from './protocol/log'
import type { Log } from './protocol/log'
import type { clusterOpener } from './protocol/open-cluster'
import { createProtocolServer } from './protocol/session'
import type { ChangeOptions } from './protocol/session'
import { runbooksIn } from './diagnose/runbooks/read-runbooks'
import { readTools } from './tools/index'

/** For each transport. */
const MAX_SESSIONS = 256

async function main(): Promise<void> {
  const environment = { ...process.env }
  const config = readConfig(process.argv.slice(2), environment)
  // The login programs of a kubeconfig inherit the environment of this process.
  forgetSecrets(process.env)
  const log = createLog()
  const clusters = new ClusterPool(async (credentials) => {
    const { clusterOpener } = await import('./protocol/open-cluster')
    opener ??= clusterOpener(config.kubernetes)
    return opener(credentials)
  })
  let opener: ReturnType<typeof clusterOpener> | undefined
  await serve(config, environment, clusters, log)
  await clusters.close()
}

/** Resolves when the program should end. */
async function serve(
  config: ProgramConfig,
  environment: RawEnvironment,
  clusters: ClusterPool,
  log: Log,
): Promise<void> {
  const { mode, sessionCredentials: acceptsCredentials, writes } = config
  const changes = writes && (await changeOptions(writes, environment))
  const runbooks = runbooksIn(config.runbooks, (problem) =>
    log.warn({ problem }, 'RUNBOOKS_DIR has a file that is too large or not valid'),
  )
  const open = () =>
    createProtocolServer({
      ...{ clusters, tools: readTools, acceptsCredentials, runbooks, now: Date.now, log },
      ...(changes && { changes }),
    })
  const connect = (transport: Transport) => open().server.connect(transport)
  const common = { connect, maxSessions: MAX_SESSIONS, log }
  switch (mode.kind) {
    case 'print':
      process.stdout.write(mode.text === 'help' ? HELP : `${version}\n`)
      return
    case 'stdio': {
      const { serveStdio } = await import('./transports/stdio')
      return await serveStdio(open())
    }
    case 'embedded': {
      const { serveEmbedded } = await import('./transports/embedded')
      return await serveEmbedded({ ...common, listen: mode.listen, secret: mode.secret, stopped: signalled() })
    }
    case 'http': {
      const { serveHttp } = await import('./transports/http')
      const service = await serveHttp({ ...common, mode })
      log.info({ url: service.url, token: mode.token !== undefined }, 'listening')
      await signalled()
      await service.close()
    }
  }
}

/** Loaded lazily: read-only programs do not need it. */
async function changeOptions(
  { mode, allowWithoutDryRun }: WritesConfig,
  environment: RawEnvironment,
): Promise<ChangeOptions> {
  const { changeTools, isChange } = await import('./tools/change-tools')
  return { tools: changeTools(environment), mode, allowWithoutDryRun, isChange }
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve())
  })
}

/** Errors that the operator can correct are one sentence without a stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return 'The address is in use by another program. Set PORT to another port.'
  if (code === 'EACCES') return 'This user may not listen at the address. Set PORT to a port above 1023.'
  return error.stack ?? error.message
}

main().then(
  // On some systems writes to a pipe are asynchronous.
  () => process.stdout.write('', () => process.exit(0)),
  (error: unknown) => {
    process.stderr.write(`${explain(error)}\n`)
    process.exit(1)
  },
)
