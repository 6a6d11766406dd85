import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openPrivateFolder } from '../../../../../mcp/kubernetes/connection/private-folder'

let parent: string
beforeEach(() => (parent = mkdtempSync(join(tmpdir(), 'private-folder-test-'))))
afterEach(() => rmSync(parent, { recursive: true }))

/** A folder of the same form that another process would have made. */
async function abandonedBy(change: (name: string) => string): Promise<string> {
  const own = await openPrivateFolder(parent)
  const path = own.path.replace(/[^/]+$/, change)
  await own.remove()
  mkdirSync(path)
  writeFileSync(join(path, 'kubeconfig'), 'token')
  return path
}

describe('the folder for credentials', () => {
  it('can be entered by this user alone, and is removed with its files', async () => {
    const { path, remove } = await openPrivateFolder(parent)
    expect(statSync(path).mode & 0o777).toBe(0o700)
    writeFileSync(join(path, 'kubeconfig'), 'token')
    await remove()
    expect(readdirSync(parent)).toEqual([])
  })

  it('is removed at the next start after a crash', async () => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    const path = await abandonedBy((name) => name.replace(`-${process.pid}-`, `-${pid}-`))
    await openPrivateFolder(parent)
    expect(existsSync(path)).toBe(false)
  })

  it.runIf(existsSync('/proc/self/stat'))('is removed after a crash if the process id is in use again', async () => {
    const path = await abandonedBy((name) => name.replace(/-\d+-(\w+)$/, '-1-$1'))
    await openPrivateFolder(parent)
    expect(existsSync(path)).toBe(false)
  })

  it('stays while its process runs, and if it belongs to another host or program', async () => {
    const { path } = await openPrivateFolder(parent)
    const elsewhere = await abandonedBy((name) =>
      name.replace(/assistant-[0-9a-f]{8}-\d+/, 'assistant-00000000-999999'),
    )
    const other = join(parent, 'k8s-ai-assistant-notes')
    mkdirSync(other)
    await openPrivateFolder(parent)
    expect([path, elsewhere, other].map((each) => existsSync(each))).toEqual([true, true, true])
  })
})
