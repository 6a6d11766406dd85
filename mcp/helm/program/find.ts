/** Finds the helm program and its version; caches successes by path. */
import { both, msg } from '../../../shared/messages/create'
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
  const detail = version === '' ? msg('helm-unknown-version') : msg('helm-unsupported', { version })
  throw new KubeError('not-available', both(detail, msg('helm-install-newer')), { program: 'helm', version })
}

function unavailable(path: string, error: unknown): KubeError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const raw = error instanceof Error ? error.message : String(error)
  const cure = msg('helm-install')
  if (code === 'ENOENT' && path === 'helm')
    return new KubeError('not-available', both(msg('helm-missing'), cure), { program: 'helm' }, raw)
  const why =
    code === 'ENOENT'
      ? msg('helm-path-missing', { path })
      : code === 'EACCES'
        ? msg('helm-path-denied', { path })
        : msg('helm-path-broken', { path })
  return new KubeError('not-available', both(why, cure), { program: path }, raw)
}
