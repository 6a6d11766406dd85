/** Reads and merges kubeconfig files as kubectl does, reduced to one context. Keeps no state. */
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, resolve, sep } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { msg } from '../../../shared/messages/create'
import { LocalizedError } from '../../../shared/messages/error'
import type { Message } from '../../../shared/messages/message'

/** It quotes only names, since the rest of the file may be a credential. */
export class KubeconfigError extends LocalizedError {
  constructor(detail: Message) {
    super(detail)
    this.name = 'KubeconfigError'
  }
}

/** A kubeconfig with one context, one cluster and at most one user, as plain JSON. Contains credentials. */
export interface OneContextKubeconfig {
  apiVersion: 'v1'
  kind: 'Config'
  'current-context': string
  contexts: [{ name: string; context: Record<string, unknown> }]
  clusters: [{ name: string; cluster: Record<string, unknown> }]
  users: { name: string; user: Record<string, unknown> }[]
}

/** One context of the operator's files. */
export interface ChosenContext {
  context: string
  /** Name of the cluster entry. */
  name: string
  /** URL of the API server: lower-case scheme and host, no credentials, no trailing slash. */
  server: string
  /** The context's namespace. */
  namespace?: string
  /** Name of the user entry; absent if the context has none. */
  user?: string
  alone: OneContextKubeconfig
}

const entrySchema = z.looseObject({ name: z.string() })
const listSchema = z.array(entrySchema).nullish()
const fileSchema = z.looseObject({
  'current-context': z.string().nullish(),
  clusters: listSchema,
  contexts: listSchema,
  users: listSchema,
})
type Entry = z.infer<typeof entrySchema>

const bodySchema = z.record(z.string(), z.unknown())
const contextSchema = z.looseObject({
  cluster: z.string().min(1),
  user: z.string().nullish(),
  namespace: z.string().nullish(),
})

interface KubeconfigFile {
  currentContext: string | undefined
  clusters: Entry[]
  contexts: Entry[]
  users: Entry[]
}

/** Keys whose values are paths relative to the folder of their file. */
const PATH_KEYS = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile']

/**
 * Reads and merges kubeconfig files as kubectl does (the first file that defines a name wins) and picks one context.
 * @param paths missing files are skipped if at least one exists
 * @param wanted name of the context; defaults to the current context
 * @throws KubeconfigError
 */
export function readKubeconfig(paths: readonly string[], wanted?: string): ChosenContext {
  const files = readFiles(paths)
  const contexts = files.flatMap((file) => file.contexts)
  const name = wanted || files.map((file) => file.currentContext).find(Boolean)
  const where = paths.join(', ')
  if (!name) throw new KubeconfigError(msg('kubeconfig-no-context', { files: where, choice: choice(contexts) }))
  const entry = contexts.find((each) => each.name === name)
  if (!entry) {
    const params = { name, files: where, choice: choice(contexts) }
    throw new KubeconfigError(
      wanted ? msg('kubeconfig-missing-context', params) : msg('kubeconfig-missing-current', params),
    )
  }
  const context = contextSchema.safeParse(withoutNulls(entry.context)).data
  if (!context) throw new KubeconfigError(msg('kubeconfig-no-cluster', { name, files: where }))
  const cluster = bodyOf(files, 'cluster', context.cluster)
  if (!cluster)
    throw new KubeconfigError(msg('kubeconfig-missing-cluster', { name, cluster: context.cluster, files: where }))
  const userName = context.user || undefined
  const user = userName === undefined ? undefined : bodyOf(files, 'user', userName)
  if (userName !== undefined && !user)
    throw new KubeconfigError(msg('kubeconfig-missing-user', { name, user: userName, files: where }))
  const namespace = context.namespace || undefined
  return {
    context: name,
    name: context.cluster,
    server: serverOf(cluster, context.cluster, where),
    ...(namespace !== undefined && { namespace }),
    ...(userName !== undefined && { user: userName }),
    alone: {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': name,
      contexts: [{ name, context: withoutExtensions(context) }],
      clusters: [{ name: context.cluster, cluster: withoutExtensions(cluster) }],
      users: userName !== undefined && user ? [{ name: userName, user: withoutExtensions(user) }] : [],
    },
  }
}

/**
 * True if the files define a context: tools leave empty files behind.
 * @throws KubeconfigError
 */
export function hasContexts(paths: readonly string[]): boolean {
  return paths.some((path) => (readFile(path)?.contexts ?? []).length > 0)
}

/** Files that a one-context kubeconfig refers to: certificates, keys and tokens. */
export function referencedFiles({ clusters, users }: OneContextKubeconfig): string[] {
  const bodies = [...clusters.map((each) => each.cluster), ...users.map((each) => each.user)]
  const paths = bodies.flatMap((body) => PATH_KEYS.map((key) => body[key]))
  return paths.flatMap((path) => (typeof path === 'string' && path !== '' ? [path] : []))
}

/** A file modified more recently may change again within the same timestamp. In milliseconds. */
const SETTLED_MS = 2000

/**
 * A text that changes after any of the files was edited, replaced, removed or remounted. Costs one `stat` for each
 * file. It may change without a real change, so compare contents before acting on it.
 */
export function fingerprint(paths: readonly string[]): string {
  return paths.map(fileFingerprint).join('\n')
}

function fileFingerprint(path: string): string {
  try {
    // Follows symbolic links, so that a swapped `..data` of a mounted Secret counts.
    const { dev, ino, size, mtimeMs, ctimeMs } = statSync(path)
    const stat = [path, dev, ino, size, mtimeMs, ctimeMs].join(' ')
    if (Date.now() - Math.max(mtimeMs, ctimeMs) > SETTLED_MS) return stat
    return `${stat} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`
  } catch (error) {
    return `${path} ${isMissing(error) ? 'missing' : 'unreadable'}`
  }
}

function choice(contexts: readonly Entry[]): Message {
  const names = [...new Set(contexts.map((each) => each.name))]
  if (names.length === 0) return msg('kubeconfig-no-choice')
  return msg('kubeconfig-choice', { names: names.join(', ') })
}

function bodyOf(
  files: readonly KubeconfigFile[],
  key: 'cluster' | 'user',
  name: string,
): Record<string, unknown> | undefined {
  const entries = files.flatMap((file) => (key === 'cluster' ? file.clusters : file.users))
  const entry = entries.find((each) => each.name === name)
  // A user without credentials is `user: null` or missing.
  return entry && (bodySchema.safeParse(withoutNulls(entry[key])).data ?? {})
}

function serverOf(cluster: Record<string, unknown>, name: string, where: string): string {
  const { server } = cluster
  const usesTls = ['certificate-authority', 'certificate-authority-data', 'insecure-skip-tls-verify'].some(
    (key) => cluster[key] !== undefined && cluster[key] !== false,
  )
  const text = typeof server === 'string' ? server.trim() : ''
  if (text === '') throw new KubeconfigError(msg('kubeconfig-no-server', { name, files: where }))
  // As client-go does for an address without a scheme.
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${usesTls ? 'https' : 'http'}://${text}`
  const url = URL.canParse(full) ? new URL(full) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new KubeconfigError(msg('kubeconfig-bad-server', { name, files: where }))
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

function readFiles(paths: readonly string[]): KubeconfigFile[] {
  const files = paths.map(readFile).filter((file) => file !== undefined)
  if (files.length === 0) throw new KubeconfigError(msg('kubeconfig-no-file', { paths: paths.join(', ') }))
  return files
}

/** Undefined if the file does not exist. */
function readFile(path: string): KubeconfigFile | undefined {
  const text = readText(path)
  if (text === undefined) return undefined
  const file = fileSchema.safeParse(parseText(path, text) ?? {})
  if (!file.success) {
    const at = file.error.issues[0]?.path.join('.') ?? ''
    throw new KubeconfigError(
      at ? msg('kubeconfig-wrong-type', { path, field: at }) : msg('kubeconfig-wrong', { path }),
    )
  }
  const folder = dirname(resolve(path))
  const { 'current-context': currentContext, clusters, contexts, users } = file.data
  const absolute = (entries: Entry[] | null | undefined, key: string) =>
    (entries ?? []).map((entry) => ({ ...entry, [key]: absolutePaths(entry[key], folder) }))
  return {
    currentContext: currentContext ?? undefined,
    clusters: absolute(clusters, 'cluster'),
    contexts: contexts ?? [],
    users: absolute(users, 'user'),
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    if (isMissing(error)) return undefined
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new KubeconfigError(msg('kubeconfig-unreadable', { path, reason: REASONS[code] ?? code }))
  }
}

const REASONS: Record<string, Message> = { EACCES: msg('reason-permission-denied'), EISDIR: msg('reason-folder') }

/** JSON or YAML. Does not use the parser's messages: they quote the line, which may hold a token. */
function parseText(path: string, text: string): unknown {
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text)
    } catch {
      // YAML may also begin with a brace.
    }
  }
  const lines = new LineCounter()
  // kubectl's parser accepts merge keys and duplicate keys; the last duplicate wins.
  const document = parseDocument(text, { merge: true, uniqueKeys: false, logLevel: 'error', lineCounter: lines })
  const error = document.errors[0]
  if (error) throw new KubeconfigError(msg('kubeconfig-bad-yaml', { path, line: lines.linePos(error.pos[0]).line }))
  try {
    return document.toJS()
  } catch {
    throw new KubeconfigError(msg('kubeconfig-bad-alias', { path }))
  }
}

function absolutePaths(body: unknown, folder: string): unknown {
  const parsed = bodySchema.safeParse(body).data
  if (!parsed) return body
  const own = { ...parsed }
  for (const key of PATH_KEYS) own[key] = absolutePath(own[key], folder)
  const exec = bodySchema.safeParse(own.exec).data
  if (!exec) return own
  const { command } = exec
  // A bare name is looked up in PATH.
  const isPath = typeof command === 'string' && (command.includes('/') || command.includes(sep))
  return { ...own, exec: { ...exec, command: isPath ? absolutePath(command, folder) : command } }
}

function absolutePath(path: unknown, folder: string): unknown {
  return typeof path === 'string' && path !== '' && !isAbsolute(path) ? resolve(folder, path) : path
}

/** kubectl treats `key: null` as absent; some clients fail on it. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((each) => each !== null).map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, each]) => each !== null && each !== undefined)
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutNulls(each)]))
}

/** Data that tools such as minikube store for themselves. */
function withoutExtensions({ extensions: _, ...body }: Record<string, unknown>): Record<string, unknown> {
  return body
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
