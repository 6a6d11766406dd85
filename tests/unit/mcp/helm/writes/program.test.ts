/** The child, with a shell script in the place of helm. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runHelm } from '../../../../../mcp/helm/program/child'
import { readHelmConfig } from '../../../../../mcp/helm/program/config'
import { findHelm } from '../../../../../mcp/helm/program/find'
import { helmMessage } from '../../../../../mcp/helm/changes/session'
import { helmWriteTools } from '../../../../../mcp/tools/helm-writes'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'helm-program-'))))
afterEach(() => rmSync(folder, { recursive: true }))

function program(script: string, name = 'helm'): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

const find = (path: string | undefined, search = process.env.PATH) =>
  findHelm(readHelmConfig({ ...(path !== undefined && { HELM_PATH: path }), PATH: search }))

describe('finding helm', () => {
  it.each(['v4.3.2', 'v3.14.0', 'v3.21.1+abc'])('accepts %s', async (version) => {
    expect(await find(program(`echo ${version}`, version))).toMatchObject({ version })
  })

  it.each(['v3.13.3', 'v2.17.0', 'v5.0.0', 'nonsense'])('refuses %s', async (version) => {
    await expect(find(program(`echo ${version}`, version))).rejects.toMatchObject({
      code: 'not-available',
      message: expect.stringContaining('Install Helm 3.14 or later, or Helm 4'),
    })
  })

  it('tells what to install and to set if there is none', async () => {
    await expect(find(undefined, folder)).rejects.toMatchObject({
      code: 'not-available',
      message:
        'helm is not installed on the server. Install Helm 3 or 4, and set HELM_PATH to its program if it is not in PATH.',
    })
    await expect(find('/nowhere/helm')).rejects.toThrow('The helm program /nowhere/helm does not exist.')
  })

  it('lists the tools as unavailable with the cure', async () => {
    const [tool] = helmWriteTools(readHelmConfig({ HELM_PATH: '/nowhere/helm' }))
    expect(await tool?.problem()).toBe(
      'The helm program /nowhere/helm does not exist. Install Helm 3 or 4, and set HELM_PATH to its program if it is not in PATH.',
    )
    const [there] = helmWriteTools(
      readHelmConfig({ HELM_PATH: program('echo v4.1.0', 'there'), PATH: process.env.PATH }),
    )
    expect(await there?.problem()).toBeUndefined()
  })

  it('looks again after it was installed', async () => {
    await expect(find(undefined, folder)).rejects.toMatchObject({ code: 'not-available' })
    program('echo v4.0.0')
    expect(await find(undefined, `${folder}:/bin`)).toMatchObject({ major: 4 })
  })
})

describe('the child', () => {
  const run = (script: string, more: { environment?: Record<string, string>; signal?: AbortSignal } = {}) =>
    runHelm({
      program: { path: program(script), version: 'v4.0.0', major: 4 },
      config: readHelmConfig({ PATH: process.env.PATH, ...more.environment }),
      args: ['list', '$(touch x)'],
      folder,
      kubeconfig: { apiVersion: 'v1', kind: 'Config' },
      signal: more.signal ?? AbortSignal.timeout(10_000),
    })

  it('gets its kubeconfig as a file of this user alone, and a few variables', async () => {
    const environment = {
      AWS_SECRET_ACCESS_KEY: 'x',
      HELM_PLUGINS: '/evil',
      HTTPS_PROXY: 'http://proxy:3128',
      KUBECONFIG: '/other',
    }
    const { stdout } = await run('env; echo "args: $*"', { environment })
    const kubeconfig = join(folder, 'kubeconfig')
    expect(stdout).toContain(`KUBECONFIG=${kubeconfig}\n`)
    expect(stdout).toContain('HTTPS_PROXY=http://proxy:3128')
    expect(stdout).toContain('args: list $(touch x)')
    expect(stdout).not.toMatch(/AWS_SECRET|\/evil|\/other/)
    expect(statSync(kubeconfig).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(kubeconfig, 'utf8'))).toEqual({ apiVersion: 'v1', kind: 'Config' })
  })

  it('reports its exit code and what it wrote', async () => {
    expect(await run('echo out; echo "Error: no" >&2; exit 3')).toEqual({
      code: 3,
      stdout: 'out\n',
      stderr: 'Error: no\n',
      timedOut: false,
    })
  })

  it('ends with everything that it started', async () => {
    const controller = new AbortController()
    const ended = run('sleep 60 & echo $! > child; echo ready; wait', { signal: controller.signal })
    const pid = await until(() => Number(readFileSync(join(folder, 'child'), 'utf8')))
    controller.abort()
    expect((await ended).code).toBeUndefined()
    await until(() => {
      try {
        process.kill(pid, 0)
        // A child that nobody waits for stays as a zombie.
        return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
      } catch {
        return true
      }
    })
  })
})

/** Waits until it returns something other than 0 and false. */
async function until<T>(check: () => T): Promise<T> {
  for (const deadline = Date.now() + 5000; ; await new Promise((resolve) => setTimeout(resolve, 10))) {
    try {
      const value = check()
      if (value) return value
    } catch {
      // Not yet.
    }
    if (Date.now() > deadline) throw new Error('it did not happen in time')
  }
}

describe('what Helm says', () => {
  it('is its last error, without warnings and the names of commands', () => {
    const text = 'level=WARN msg="x"\nWARNING: y\nError: UPGRADE FAILED: release: not found\n'
    expect(helmMessage(text)).toBe('release: not found')
    expect(helmMessage('')).toBe('')
  })
})
