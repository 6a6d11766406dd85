/** Fetches a chart from a source that the operator allows. */
import type { Message } from '../../../shared/messages/message'
import { both, msg } from '../../../shared/messages/create'
import { createHash } from 'node:crypto'
import { cp, lstat, mkdir, readdir, readFile, realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import { KubeError } from '../../kubernetes/errors/errors'
import { sourceText } from '../program/config'
import type { ChartSource } from '../program/config'
import type { HelmArguments } from './arguments'
import type { HelmSession } from './session'

export interface LocalChart {
  /** A folder or an archive in the session's folder. */
  path: string
  /** Over all files: equal for equal charts. */
  digest: string
  /** The source, for the user. */
  from: string
  /** How a person names it to their own helm. */
  words: readonly string[]
}

type Request = Pick<HelmArguments, 'chart' | 'repo' | 'version'>

/** Limits of a local chart, in bytes and files. */
const MAX_BYTES = 64 * 1024 * 1024
const MAX_FILES = 10_000

/** @throws KubeError `denied-by-operator` listing the allowed sources; `not-found`; `invalid-arguments` */
export async function fetchChart(session: HelmSession, request: Request): Promise<LocalChart> {
  const { sources } = session.config
  if (sources.length === 0) throw notAllowed(msg('chart-no-source'), sources)
  const { chart = '', repo, version } = request
  if (chart.startsWith('oci://')) return await fromRegistry(session, chart, version)
  if (chart.startsWith('https://')) {
    const end = chart.lastIndexOf('/')
    return await fromRepository(session, chart.slice(0, end), chart.slice(end + 1), version)
  }
  if (repo !== undefined) return await fromRepository(session, repo, chart, version)
  if (isAbsolute(chart)) return await fromFolder(session, await allowedPath(chart, sources), version)
  const local = await findLocal(chart, sources)
  if (local !== undefined) return await fromFolder(session, local, version)
  const repositories = sources.filter((source) => source.kind === 'repository')
  const [only, another] = repositories
  if (only && !another) return await fromRepository(session, only.url, chart, version)
  if (only) {
    const list = repositories.map((source) => `${sourceText(source)}/${chart}`).join(', ')
    throw new KubeError('invalid-arguments', msg('chart-needs-repo', { list }), {
      chart,
      choices: list,
    })
  }
  throw notAllowed(msg('chart-not-in-sources', { chart }), sources)
}

async function fromRegistry(session: HelmSession, chart: string, version: string | undefined): Promise<LocalChart> {
  const { sources } = session.config
  const isAllowed = sources.some(
    (source) => source.kind === 'registry' && (chart === source.prefix || chart.startsWith(`${source.prefix}/`)),
  )
  if (!isAllowed) throw notAllowed(msg('chart-not-allowed', { from: chart }), sources)
  return await pull(session, { args: [chart], version, from: chart })
}

async function fromRepository(
  session: HelmSession,
  repo: string,
  chart: string,
  version: string | undefined,
): Promise<LocalChart> {
  const { sources } = session.config
  const plain = repo.replace(/\/+$/, '')
  if (!sources.some((source) => source.kind === 'repository' && source.url === plain))
    throw notAllowed(msg('chart-not-allowed', { from: plain }), sources)
  // `bitnami/redis`: the alias is defined only on the user's machine.
  const name = chart.split('/').at(-1) ?? chart
  return await pull(session, { args: [name, '--repo', plain], version, from: `${plain}/${name}` })
}

interface Source {
  args: readonly string[]
  version: string | undefined
  /** For a person. */
  from: string
}

/** Keeps the archive, so that dry run and run use the same chart. */
async function pull(session: HelmSession, { args, version, from }: Source): Promise<LocalChart> {
  const folder = join(session.folder, 'chart')
  await mkdir(folder, { mode: 0o700 })
  const words = [...args, ...(version === undefined ? [] : ['--version', version])]
  await session.local(['pull', ...words, '--destination', folder])
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'))
  if (archive === undefined) throw new KubeError('not-found', msg('chart-missing', { from }), { chart: from })
  const path = join(folder, archive)
  return {
    path,
    digest: createHash('sha256')
      .update(await readFile(path))
      .digest('hex'),
    from,
    words,
  }
}

/** @throws KubeError `denied-by-operator` if it is outside the allowed folders, also through a symbolic link */
async function allowedPath(path: string, sources: readonly ChartSource[]): Promise<string> {
  const real = await realpath(path).catch(() => undefined)
  for (const source of sources) {
    if (source.kind !== 'folder') continue
    const root = await realpath(source.path).catch(() => source.path)
    const below = relative(root, real ?? path)
    if (below === '' || (!below.startsWith(`..${sep}`) && below !== '..' && !isAbsolute(below))) {
      if (real === undefined) throw new KubeError('not-found', msg('chart-missing', { from: path }), { chart: path })
      return real
    }
  }
  throw notAllowed(msg('chart-not-allowed', { from: path }), sources)
}

/** Finds `redis` as a folder or archive in the allowed folders. */
async function findLocal(chart: string, sources: readonly ChartSource[]): Promise<string | undefined> {
  for (const source of sources) {
    if (source.kind !== 'folder') continue
    const candidates = [join(source.path, chart), join(source.path, `${chart}.tgz`)]
    if (source.path.split(sep).at(-1) === chart) candidates.unshift(source.path)
    for (const path of candidates) {
      const isChart = path.endsWith('.tgz') || (await exists(join(path, 'Chart.yaml')))
      if (isChart && (await exists(path))) return await allowedPath(path, sources)
    }
  }
  return undefined
}

/** Copies the folder, which may be edited while the change awaits approval. */
async function fromFolder(session: HelmSession, path: string, version: string | undefined): Promise<LocalChart> {
  const copy = join(session.folder, path.endsWith('.tgz') ? 'chart.tgz' : 'chart')
  const digest = await digestOf(path)
  await cp(path, copy, { recursive: true, dereference: true })
  if (version !== undefined) await checkVersion(session, copy, version)
  return { path: copy, digest, from: path, words: [path] }
}

async function checkVersion(session: HelmSession, path: string, wanted: string): Promise<void> {
  const text = await session.local(['show', 'chart', path])
  const found = /^version:\s*["']?([^\s"']+)/m.exec(text)?.[1] ?? ''
  if (found.replace(/^v/, '') === wanted.replace(/^v/, '')) return
  throw new KubeError('not-found', msg('chart-other-version', { found, wanted }), {
    version: found,
  })
}

async function digestOf(root: string): Promise<string> {
  const hash = createHash('sha256')
  let [files, bytes] = [0, 0]
  const add = async (path: string): Promise<void> => {
    const real = await realpath(path)
    const stat = await lstat(real)
    if (stat.isDirectory()) {
      for (const name of (await readdir(real)).sort()) await add(join(path, name))
      return
    }
    files++
    bytes += stat.size
    if (files > MAX_FILES || bytes > MAX_BYTES)
      throw new KubeError('too-large', msg('chart-too-large', { root, size: MAX_BYTES >> 20 }), { chart: root })
    hash.update(`${relative(root, path)}\n${stat.size}\n`).update(await readFile(real))
  }
  await add(root)
  return hash.digest('hex')
}

function notAllowed(reason: Message, sources: readonly ChartSource[]): KubeError {
  const allowed = sources.map(sourceText).join(', ')
  const rest = allowed === '' ? msg('chart-sources-unset') : msg('chart-sources', { allowed })
  return new KubeError('denied-by-operator', both(reason, rest), { sources: allowed, setting: 'HELM_CHART_SOURCES' })
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  )
}
