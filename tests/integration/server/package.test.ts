import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { extract } from 'tar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageApp } from '../../../scripts/package.mjs'
import { startProgram } from '../../support/app'
import { askJson, columnsOf, tableOf } from '../../support/chat'

/** From unpacking to the answer, in milliseconds of CPU time: other work of the machine does not count. */
const LIMIT_MS = 10_000

/** Of a clock tick in /proc, as Linux reports it to all programs. */
const TICK_MS = 10

/** CPU time of a process and its children so far, in milliseconds (proc_pid_stat(5)). */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  return (
    (Number(fields[11]) + Number(fields[12])) * TICK_MS + children.reduce((sum, each) => sum + cpuMsOf(Number(each)), 0)
  )
}

describe('the archive of npm run package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'package-test-'))
  let archive = ''
  beforeAll(async () => {
    archive = (await packageApp(join(folder, 'made'))).archive
  }, 180_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  it('answers within ten seconds of unpacking, without any program or package of the machine', async () => {
    const started = process.cpuUsage()
    const to = mkdtempSync(join(folder, 'unpacked-'))
    await extract({ file: archive, cwd: to })
    const app = join(to, basename(archive, '.tar.gz'))
    const env = { DEMO: '1', PORT: '0', PATH: '/nothing', HOME: to, XDG_STATE_HOME: join(to, 'state') }
    const program = startProgram(join(app, 'bin', 'k8s-ai-assistant'), [], env)
    try {
      const url = await program.until('listening', () =>
        program
          .logs()
          .map((line) => /"url":"(http:[^"]+)"/.exec(line)?.[1])
          .find((found) => found !== undefined),
      )
      const { toolCalls } = await askJson(url, 'Show me all pods')
      expect(columnsOf(tableOf(toolCalls[0]?.result), ['STATUS']).flat()).toContain('CrashLoopBackOff')
      const { user, system } = process.cpuUsage(started)
      if (process.platform === 'linux') expect((user + system) / 1000 + cpuMsOf(program.pid)).toBeLessThan(LIMIT_MS)
    } finally {
      await program.stop()
    }
    expect(readdirSync(app)).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'bin', 'docs']))
    const installed = readdirSync(join(app, 'node_modules'))
    expect(installed.every((name) => name.startsWith('kubernetes-mcp-server-'))).toBe(true)
    expect(existsSync(join(app, '.output', 'mcp', 'server.mjs'))).toBe(true)
  })
})
