import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KubeconfigError, readKubeconfig } from '../../../mcp/kubernetes/connection/kubeconfig'
import { fileSource, serviceAccountSource } from '../../../server/cluster/kubeconfig-source'
import { PinnedKubeconfig } from '../../../server/cluster/pinned-kubeconfig'
import { kubeconfigText } from '../../support/cluster/kubeconfig'
import type { TestContext } from '../../support/cluster/kubeconfig'

const STAGING = 'https://staging.example:6443'
const PRODUCTION = 'https://production.example:6443'
const staging = (token = 'one', more: Partial<TestContext> = {}): TestContext => {
  return { context: 'staging', server: STAGING, user: { token }, ...more }
}
const production: TestContext = { context: 'production', server: PRODUCTION }

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pinned-test-'))
  path = join(folder, 'config')
  writeFileSync(path, kubeconfigText([staging(), production]))
})
afterEach(() => rmSync(folder, { recursive: true }))

const pin = (context?: string, files = [path]) =>
  new PinnedKubeconfig(fileSource(files, context), join(folder, 'pinned'))
/** What a program that is given the file would do. */
const used = () => readKubeconfig([join(folder, 'pinned')])
const tokenUsed = () => used().alone.users[0]?.user.token

describe('the pinned kubeconfig', () => {
  it('is a file for us alone, with one context', () => {
    const pinned = pin()
    expect(statSync(pinned.path).mode & 0o777).toBe(0o600)
    expect(readFileSync(pinned.path, 'utf8')).not.toContain('production')
    expect(used()).toMatchObject({ context: 'staging', server: STAGING, user: 'staging' })
    pinned.close()
    expect(() => statSync(pinned.path)).toThrow()
  })

  it('does not follow current-context (cluster-1, cluster-2, cluster-3)', async () => {
    const pinned = pin()
    const before = await pinned.fresh()
    writeFileSync(path, kubeconfigText([staging(), production], 'production'))
    expect(await pinned.fresh()).toBe(before)
    expect(pinned.state()).toEqual({ cluster: 'staging', context: 'staging', apiServer: STAGING, apiUser: 'staging' })
    expect(used().server).toBe(STAGING)
  })

  it.each([undefined, 'staging'])('takes over a renewed token, with KUBE_CONTEXT=%s (cluster-5)', async (context) => {
    const pinned = pin(context)
    const before = await pinned.fresh()
    writeFileSync(path, kubeconfigText([staging('two'), production], 'production'))
    expect(await pinned.fresh()).toBeGreaterThan(before)
    expect(tokenUsed()).toBe('two')
    expect(statSync(pinned.path).mode & 0o777).toBe(0o600)
  })

  it('does not change with what another context has', async () => {
    const pinned = pin()
    const before = await pinned.fresh()
    writeFileSync(path, kubeconfigText([staging(), { ...production, user: { token: 'other' } }]))
    expect(await pinned.fresh()).toBe(before)
  })

  it('refuses calls when the context names another server, and allows them when it is back', async () => {
    const pinned = pin()
    writeFileSync(path, kubeconfigText([staging('one', { server: PRODUCTION })]))
    await expect(pinned.fresh()).rejects.toThrow(KubeconfigError)
    expect(pinned.problem?.text).toBe(
      `The context "staging" in ${path} now names the API server ${PRODUCTION}. This server was started for ${STAGING} and does not follow: restart it to use the other cluster.`,
    )
    expect(pinned.state()).toMatchObject({ apiServer: STAGING, problem: pinned.problem })
    expect(used().server).toBe(STAGING)
    writeFileSync(path, kubeconfigText([staging('three')]))
    expect(await pinned.fresh()).toBeGreaterThan(0)
    expect(pinned.problem).toBeUndefined()
    expect(tokenUsed()).toBe('three')
  })

  it('reports another user of the same context', async () => {
    const pinned = pin()
    writeFileSync(path, kubeconfigText([staging('one', { userName: 'admin' })]))
    await pinned.fresh()
    expect(pinned.state()).toMatchObject({ apiServer: STAGING, apiUser: 'admin' })
  })

  it('reports a context that is gone', async () => {
    const pinned = pin()
    writeFileSync(path, kubeconfigText([production]))
    await expect(pinned.fresh()).rejects.toThrow('"staging" does not exist')
  })

  it('waits for a file that is being written', async () => {
    const pinned = pin()
    writeFileSync(path, '')
    const fresh = pinned.fresh()
    writeFileSync(path, kubeconfigText([staging('two')]))
    expect(await fresh).toBeGreaterThan(1)
    expect(tokenUsed()).toBe('two')
  })

  it('follows a replaced file, a swapped mount, and several files', async () => {
    const mount = join(folder, 'mount')
    const swap = (version: string, token: string) => {
      mkdirSync(join(mount, version), { recursive: true })
      writeFileSync(join(mount, version, 'config'), kubeconfigText([staging(token)]))
      symlinkSync(version, join(mount, '..data_tmp'))
      renameSync(join(mount, '..data_tmp'), join(mount, '..data'))
    }
    swap('v1', 'one')
    symlinkSync('..data/config', join(mount, 'config'))
    const first = join(folder, 'first')
    writeFileSync(first, 'current-context: staging\n')
    const pinned = pin(undefined, [first, join(mount, 'config')])
    const before = await pinned.fresh()
    swap('v2', 'two')
    const after = await pinned.fresh()
    expect(after).toBeGreaterThan(before)
    expect(tokenUsed()).toBe('two')
    writeFileSync(
      join(folder, 'new'),
      'current-context: production\nusers: [{ name: staging, user: { token: three } }]\n',
    )
    renameSync(join(folder, 'new'), first)
    expect(await pinned.fresh()).toBeGreaterThan(after)
    expect(tokenUsed()).toBe('three')
    expect(used().server).toBe(STAGING)
  })

  it('knows of a renewed file that the kubeconfig refers to', async () => {
    const token = join(folder, 'token')
    writeFileSync(token, 'one')
    writeFileSync(path, kubeconfigText([staging('', { user: { tokenFile: 'token' } })]))
    const pinned = pin()
    const before = await pinned.fresh()
    writeFileSync(token, 'two')
    expect(await pinned.fresh()).toBeGreaterThan(before)
  })

  it('tells of a problem without being asked', async () => {
    const pinned = pin()
    const heard: (string | undefined)[] = []
    pinned.watch(() => heard.push(pinned.problem?.text))
    writeFileSync(path, kubeconfigText([staging('one', { server: PRODUCTION })]))
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual([expect.stringContaining('does not follow')])
    pinned.close()
  })
})

describe('100 changes of the kubeconfig between two questions', () => {
  /** Repeatable, so that a failure can be looked at. */
  function random(seed: number): () => number {
    let state = seed
    return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648
  }

  it('never lead to another cluster, and use the newest token', async () => {
    const next = random(9)
    const pinned = pin()
    for (let run = 0; run < 100; run++) {
      const token = `token-${run}`
      const moved = next() < 0.2
      const text = kubeconfigText(
        [staging(token, moved ? { server: PRODUCTION } : {}), production],
        next() < 0.5 ? 'production' : 'staging',
      )
      if (next() < 0.5) writeFileSync(path, text)
      else {
        writeFileSync(`${path}.new`, text)
        renameSync(`${path}.new`, path)
      }
      if (moved) await expect(pinned.fresh()).rejects.toThrow(PRODUCTION)
      else {
        await pinned.fresh()
        expect(tokenUsed()).toBe(token)
      }
      expect(used().server).toBe(STAGING)
    }
  })
})

describe('the service account of a pod', () => {
  it('is used by path, so that a renewed token counts (cluster-4)', async () => {
    for (const [name, text] of Object.entries({ token: 'one', 'ca.crt': 'CA', namespace: 'assistant\n' }))
      writeFileSync(join(folder, name), text)
    const pinned = new PinnedKubeconfig(serviceAccountSource('https://10.0.0.1:443', folder), join(folder, 'pinned'))
    expect(used()).toMatchObject({ context: 'in-cluster', server: 'https://10.0.0.1', namespace: 'assistant' })
    expect(used().alone.users[0]?.user).toEqual({ tokenFile: join(folder, 'token') })
    expect(used().alone.clusters[0].cluster['certificate-authority']).toBe(join(folder, 'ca.crt'))
    const before = await pinned.fresh()
    writeFileSync(join(folder, 'token'), 'two')
    expect(await pinned.fresh()).toBeGreaterThan(before)
  })
})
