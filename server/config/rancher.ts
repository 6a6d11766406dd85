/** `RANCHER_*`: the only Rancher that tokens are sent to. */
import type { Environment } from '#shared/environment/schema'
import { readCa } from './ca-file'
import type { Problems } from './problems'

export interface RancherConfig {
  /** Without trailing slash. */
  url: string
  /** PEM, the only CAs trusted for it; absent: Node's own. */
  ca?: string
}

/** @returns undefined unless AUTH_MODE=rancher */
export function readRancher(env: Environment, problems: Problems): RancherConfig | undefined {
  if (env.AUTH_MODE !== 'rancher') return undefined
  const { RANCHER_URL: url, RANCHER_CA_FILE: path } = env
  if (url === undefined)
    problems.add('RANCHER_URL', 'is needed with AUTH_MODE=rancher, e.g. https://rancher.example.com')
  for (const name of ['MCP_SERVER_URL', 'MCP_SERVER_COMMAND'] as const)
    if (env[name] !== undefined) problems.add(name, 'cannot act as a user of Rancher: unset it', ['AUTH_MODE'])
  if (env.DEMO) problems.add('DEMO', 'has no users of Rancher: unset it', ['AUTH_MODE'])
  const ca = path === undefined ? undefined : readCa('RANCHER_CA_FILE', path, problems)
  return { url: new URL(url ?? 'https://rancher.invalid').href.replace(/\/+$/, ''), ...(ca !== undefined && { ca }) }
}
