/** client-node's configuration of one context, with what it leaves out. */
import { KubeConfig } from '@kubernetes/client-node/dist/config.js'
import { ExecAuth } from '@kubernetes/client-node/dist/exec_auth.js'
import { spawn } from 'node:child_process'
import { z } from 'zod'
import type { Login } from './credentials'
import type { OneContextKubeconfig } from './kubeconfig'

/** Time limit of a login program, in milliseconds. */
const LOGIN_PROGRAM_MS = 20_000

export function load(alone: OneContextKubeconfig): KubeConfig {
  const config = new KubeConfig()
  // client-node asks its own authenticators before those from `addAuthenticator`, so this one replaces its counterpart.
  const authenticators = z.array(z.unknown()).parse(Reflect.get(config, 'authenticators'))
  const bounded = authenticators.map((each) => (each instanceof ExecAuth ? new BoundedExecAuth() : each))
  Reflect.set(config, 'authenticators', bounded)
  config.loadFromString(JSON.stringify(plainHttp(withTokenFile(withExecInfo(alone)))))
  return config
}

const impersonationSchema = z.looseObject({
  as: z.string().optional(),
  'as-uid': z.string().optional(),
  'as-groups': z.array(z.string()).default([]),
})

/** client-node sends only the user; without the groups the rights would differ. */
export function impersonationOf({ users: [entry] }: OneContextKubeconfig): Login['headers'] {
  const parsed = impersonationSchema.safeParse(entry?.user ?? {})
  if (!parsed.success || parsed.data.as === undefined) return {}
  const { as, 'as-uid': uid, 'as-groups': groups } = parsed.data
  return {
    'Impersonate-User': as,
    ...(uid !== undefined && { 'Impersonate-Uid': uid }),
    ...(groups.length > 0 && { 'Impersonate-Group': groups }),
  }
}

/** client-node refuses plain HTTP unless certificate checks are off; kubectl accepts it. */
function plainHttp(alone: OneContextKubeconfig): OneContextKubeconfig {
  const [{ name, cluster }] = alone.clusters
  const isPlain = typeof cluster.server === 'string' && !cluster.server.startsWith('https:')
  return isPlain ? { ...alone, clusters: [{ name, cluster: { ...cluster, 'insecure-skip-tls-verify': true } }] } : alone
}

const execSchema = z.looseObject({
  apiVersion: z.string().default('client.authentication.k8s.io/v1'),
  env: z.array(z.looseObject({ name: z.string(), value: z.string() })).default([]),
})

/** Login programs read KUBERNETES_EXEC_INFO, and some require it; client-node does not set it. */
function withExecInfo(alone: OneContextKubeconfig): OneContextKubeconfig {
  const users = alone.users.map(({ name, user }) => {
    const exec = execSchema.safeParse(user.exec)
    if (!exec.success) return { name, user }
    const { apiVersion, env } = exec.data
    const value = JSON.stringify({ apiVersion, kind: 'ExecCredential', spec: { interactive: false } })
    return { name, user: { ...user, exec: { ...exec.data, env: [...env, { name: 'KUBERNETES_EXEC_INFO', value }] } } }
  })
  return { ...alone, users }
}

/** client-node reads token files only under this name. As in kubectl, the file wins over an inline token. */
function withTokenFile(alone: OneContextKubeconfig): OneContextKubeconfig {
  const users = alone.users.map(({ name, user }) => {
    const { tokenFile, token: _, ...rest } = user
    if (typeof tokenFile !== 'string' || tokenFile === '') return { name, user }
    return { name, user: { ...rest, 'auth-provider': { name: 'tokenFile', config: { tokenFile } } } }
  })
  return { ...alone, users }
}

/** client-node's own version has no timeout. */
class BoundedExecAuth extends ExecAuth {
  constructor() {
    super()
    const run = (command: string, args: readonly string[] | undefined, options: object) =>
      spawn(command, args ?? [], { ...options, stdio: ['ignore', 'pipe', 'pipe'], timeout: LOGIN_PROGRAM_MS })
    Reflect.set(this, 'execFn', run)
  }
}
