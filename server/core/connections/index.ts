/** Connects users with clusters: all with the operator's rights, or each with their own. */
import type { Logger } from 'pino'
import packageJson from '../../../package.json'
import { HIDDEN_ARGUMENTS } from '../../agent/policy'
import type { Audit } from '../../audit'
import type { Config } from '../../config/config'
import { openLinks } from '../../mcp/links/links'
import type { Rancher } from '../../rancher/rancher'
import type { Notifier } from '../../turns/notifier'
import type { ClusterSource } from '../sources'
import { createConnection } from './connection'
import type { ClusterConnection, Connections, LinkedCluster } from './connection'
import { impersonatingConnections } from './impersonating'
import { rancherConnections } from './rancher'
import { sharedConnections } from './shared'

export type { ClusterConnection } from './connection'

interface Options {
  config: Config
  source: ClusterSource
  /** Without the cluster in its lines. */
  audit: Audit
  log: Logger
  rancher: Rancher | undefined
  /** Fired when the state of a connection changes. */
  healthChanges: Notifier
}

export function openConnections({ config, source, audit, log, rancher, healthChanges }: Options): Connections {
  const clientInfo = { name: packageJson.name, version: packageJson.version }
  const mcpLog = log.child({ part: 'mcp' })
  function open(
    linked: LinkedCluster & Pick<ClusterSource, 'watch'>,
    more: Partial<Pick<ClusterConnection, 'id' | 'hasCluster' | 'loginEnded'>> = {},
  ): ClusterConnection {
    const { main, added, watch } = linked
    const { hasCluster = true } = more
    const links = openLinks({
      ...{ main, hasCluster, hiddenArguments: HIDDEN_ARGUMENTS, clientInfo, log: mcpLog },
      ...(added && { added }),
      ...(watch && { watch }),
      timing: { callMs: config.mcpCallMs },
    })
    links.onChange(() => healthChanges.fire())
    return createConnection(linked, links, audit, more)
  }

  const base = open(source, { hasCluster: !rancher })
  if (rancher) return rancherConnections({ rancher, base, open })
  base.links.onChange(() => {
    const now = base.links.clusterState.current()
    if (now?.state === 'ok' && now.cluster.uid !== undefined) source.pinUid?.(now.cluster.uid)
  })
  return config.impersonate ? impersonatingConnections(base, open) : sharedConnections(base)
}
