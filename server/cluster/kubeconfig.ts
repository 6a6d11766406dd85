/** The operator's kubeconfig: which cluster and context are in use, and a copy that knows no other context. */
import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'
import { parse, stringify } from 'yaml'
import { z } from 'zod'

const entrySchema = z.looseObject({ name: z.string() })
const clusterSchema = entrySchema.extend({ cluster: z.looseObject({ server: z.string().optional() }) })
const contextSchema = entrySchema.extend({
  context: z.looseObject({ cluster: z.string(), user: z.string().optional(), namespace: z.string().optional() }),
})
const userSchema = entrySchema.extend({ user: z.looseObject({}).nullish() })

const fileSchema = z.looseObject({
  'current-context': z.string().nullish(),
  clusters: z.array(clusterSchema).nullish(),
  contexts: z.array(contextSchema).nullish(),
  users: z.array(userSchema).nullish(),
})
type KubeconfigFile = z.infer<typeof fileSchema>

/** Keys that hold a path relative to their file. */
const PATH_KEYS = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile']

export class KubeconfigError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'KubeconfigError'
  }
}

export interface ClusterInUse {
  context: string
  /** Name of the cluster entry. */
  name: string
  /** A kubeconfig, as YAML, with this context alone. Holds credentials. */
  alone: string
}

/**
 * Reads and merges kubeconfig files as kubectl does (the first file that names a thing wins) and picks one context.
 * @param wanted the context's name; the current one where absent
 * @throws KubeconfigError in words
 */
export function readKubeconfig(paths: readonly string[], wanted?: string): ClusterInUse {
  const files = paths.map(readFile)
  const contexts = files.flatMap((file) => file.contexts ?? [])
  const name = wanted ?? files.map((file) => file['current-context']).find(Boolean)
  if (!name) throw new KubeconfigError(`${paths.join(', ')}: no current context. Set KUBE_CONTEXT.`)
  const context = contexts.find((each) => each.name === name)
  if (!context) {
    const known = contexts.map((each) => each.name).join(', ') || 'none'
    throw new KubeconfigError(`There is no context "${name}" in ${paths.join(', ')}. The contexts are: ${known}.`)
  }
  const cluster = files.flatMap((file) => file.clusters ?? []).find((each) => each.name === context.context.cluster)
  if (!cluster)
    throw new KubeconfigError(
      `The context "${name}" names the cluster "${context.context.cluster}", which is not there.`,
    )
  const user = files.flatMap((file) => file.users ?? []).find((each) => each.name === context.context.user)
  const alone = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [context],
    clusters: [cluster],
    users: user ? [user] : [],
  }
  return { context: name, name: cluster.name, alone: stringify(alone) }
}

/** True where there is anything to choose from: tools leave empty files behind. */
export function hasContexts(paths: readonly string[]): boolean {
  return paths.map(readFile).some((file) => (file.contexts ?? []).length > 0)
}

function readFile(path: string): KubeconfigFile {
  let parsed: unknown
  try {
    parsed = parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new KubeconfigError(
      `${path} cannot be read as a kubeconfig: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  const file = fileSchema.safeParse(parsed ?? {})
  if (!file.success) throw new KubeconfigError(`${path} is not a kubeconfig: ${z.prettifyError(file.error)}`)
  const folder = dirname(resolve(path))
  for (const { cluster } of file.data.clusters ?? []) absolutePaths(cluster, folder)
  for (const { user } of file.data.users ?? []) if (user) absolutePaths(user, folder)
  return file.data
}

function absolutePaths(entry: Record<string, unknown>, folder: string): void {
  for (const key of PATH_KEYS) {
    const path = entry[key]
    if (typeof path === 'string' && path !== '' && !isAbsolute(path)) entry[key] = resolve(folder, path)
  }
}
