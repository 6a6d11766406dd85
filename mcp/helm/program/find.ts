/** Finds the helm program and its version; caches successes by path. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { KubeError } from '../../kubernetes/errors/errors'
import type { HelmConfig } from './config'

const run = promisify(execFile)
const VERSION_MS = 15_000

export interface HelmProgram {
  path: string
  /** `v4.3.2` */
  version: string
  major: number
}

const found = new Map<string, Promise<HelmProgram>>()

/** @throws KubeError `not-available` with what to install or set */
export async function findHelm({ path = 'helm', environment }: HelmConfig): Promise<HelmProgram> {
  const key = `${path}\n${environment.PATH ?? ''}`
  const asked = found.get(key) ?? ask(path, environment.PATH)
  found.set(key, asked)
  try {
    return await asked
  } catch (error) {
    // It may be installed while the server runs.
    if (found.get(key) === asked) found.delete(key)
    throw error
  }
}

async function ask(path: string, search: string | undefined): Promise<HelmProgram> {
  const env = { PATH: search ?? '', HELM_NO_PLUGINS: '1' }
  const output = await run(path, ['version', '--template', '{{.Version}}'], { env, timeout: VERSION_MS }).catch(
    (error: unknown) => {
      throw unavailable(path, error)
    },
  )
  const version = output.stdout.trim()
  const [, major = '', minor = ''] = /^v?(\d+)\.(\d+)\./.exec(version) ?? []
  const isKnown = major === '4' || (major === '3' && Number(minor) >= 14)
  if (isKnown) return { path, version, major: Number(major) }
  const text = `Helm ${version || 'of an unknown version'} is installed on the server, and it is not supported. Install Helm 3.14 or later, or Helm 4, and set HELM_PATH to its program if it is not in PATH.`
  throw new KubeError('not-available', text, { program: 'helm', version })
}

function unavailable(path: string, error: unknown): KubeError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const raw = error instanceof Error ? error.message : String(error)
  const cure = 'Install Helm 3 or 4, and set HELM_PATH to its program if it is not in PATH.'
  if (code === 'ENOENT' && path === 'helm')
    return new KubeError('not-available', `helm is not installed on the server. ${cure}`, { program: 'helm' }, raw)
  const why = code === 'ENOENT' ? 'does not exist' : code === 'EACCES' ? 'may not be run' : 'cannot be run'
  return new KubeError('not-available', `The helm program ${path} ${why}. ${cure}`, { program: path }, raw)
}
