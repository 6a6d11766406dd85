import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { auditLineSchema } from '../../../server/audit/entry'
import { auditLine } from '../../../server/audit/line'
import { readPrintOptions } from '../../../scripts/audit/options'
import { auditTable } from '../../../scripts/audit/table'
import { auditEntry } from '../../support/audit'

const folder = mkdtempSync(join(tmpdir(), 'audit-print-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

const run = promisify(execFile)
const register = new URL('../../../scripts/register.mjs', import.meta.url).href
const program = new URL('../../../scripts/audit/run.ts', import.meta.url).pathname

/** As `npm run audit` does. */
const print = (args: string[], env: Record<string, string> = {}) =>
  run(process.execPath, ['--import', register, program, ...args], { env: { HOME: folder, TZ: 'UTC', ...env } })

const noon = Date.parse('2026-01-31T12:00:00Z')
const line = (entry: Parameters<typeof auditEntry>[0], minutesAgo = 0) =>
  JSON.stringify(auditLine(auditEntry(entry), new Date(noon - minutesAgo * 60_000)))

const scale = { tool: 'kubectl_scale', by: 'alice', outcome: 'ok', arguments: { replicas: 5 } } as const
const staging = { cluster: 'kind-1', context: 'staging', apiServer: 'https://10.0.0.1:6443', apiUser: 'admin' }

const file = join(folder, 'audit.jsonl')
writeFileSync(
  file,
  [
    line({ call: 'new', tool: 'pods_log', user: 'bob' }),
    line({ tool: 'pods_list' }, 90),
    line({ ...scale, ...staging, decision: 'approved' }, 30),
    '{"time":"2026',
    'not JSON \u001b[2J',
    line(
      { tool: 'evil\u001b[2J\u001b]0;title\u0007\nline\u202e', arguments: { a: '\u001b[31mred\r\n\u009b1m\u0000' } },
      20,
    ),
    '{"time": "yesterday", "tool": "x"}',
    '',
  ].join('\n'),
)

describe('npm run audit', () => {
  it('prints a table, newest last, and counts broken lines', async () => {
    const { stdout, stderr } = await print(['--file', file])
    const rows = stdout.trimEnd().split('\n')
    expect(rows[0]).toMatch(/^TIME +USER +CLUSTER +TOOL +DECISION +BY +OUTCOME +MS +ARGUMENTS$/)
    expect(rows.slice(1).map((row) => row.slice(0, 19))).toEqual([
      '2026-01-31 10:30:00',
      '2026-01-31 11:30:00',
      '2026-01-31 11:40:00',
      '2026-01-31 12:00:00',
    ])
    expect(rows[2]).toMatch(/alice +staging 10\.0\.0\.1:6443 +kubectl_scale +approved +alice +ok +12 +\{"replicas":5\}/)
    const column = rows[0]?.indexOf('DECISION') ?? 0
    expect(rows.slice(1).map((row) => row.slice(column).split(' ')[0])).toEqual(['read', 'approved', 'read', 'read'])
    expect(stderr).toBe('3 lines could not be read.\n')
  })

  it.each([
    ['table', []],
    ['JSON', ['--json']],
  ])('hands a terminal nothing to obey as %s', async (_, flags) => {
    const { stdout } = await print(['--file', file, ...flags])
    expect(stdout).not.toMatch(/[^\n -~…]/)
    expect(stdout.trimEnd().split('\n')).toHaveLength(flags.length > 0 ? 4 : 5)
    if (flags.length > 0)
      expect(
        stdout
          .trimEnd()
          .split('\n')
          .map((each) => JSON.parse(each).user),
      ).toEqual(['alice', 'alice', 'alice', 'bob'])
  })

  it.each([
    [['--user', 'bob'], ['pods_log']],
    [['--tool', 'pods_list'], ['pods_list']],
    [['--writes'], ['kubectl_scale']],
    [['--since', '2026-01-31T11:50:00Z'], ['pods_log']],
    [['--user', 'nobody'], []],
    [['--cluster', 'staging'], ['kubectl_scale']],
    [['--cluster', 'https://10.0.0.1:6443'], ['kubectl_scale']],
    [['--cluster', 'production'], []],
  ])('takes %j', async (args, tools) => {
    const { stdout } = await print(['--file', file, '--json', ...args])
    expect(
      stdout
        .split('\n')
        .filter(Boolean)
        .map((each) => JSON.parse(each).tool),
    ).toEqual(tools)
  })

  it('tells clusters of one name apart, and reads lines that name none (cluster-9)', () => {
    const other = { ...staging, apiServer: 'https://10.0.0.2:6443' }
    const entries = [staging, other, {}].map((cluster) => auditLine(auditEntry(cluster), new Date(noon)))
    const cells = auditTable(entries, 200)
      .split('\n')
      .slice(1)
      .map((row) => row.slice(27, 50).trim())
    expect(cells).toEqual(['staging 10.0.0.1:6443', 'staging 10.0.0.2:6443', ''])
    expect(entries[0]).toMatchObject(staging)
    expect(auditLineSchema.safeParse(JSON.parse(JSON.stringify(entries[2]))).success).toBe(true)
  })

  it("finds the file at the server's path", async () => {
    await expect(print([])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(join(folder, '.local/state/k8s-ai-assistant/audit.jsonl')),
    })
    const { stdout } = await print([], { AUDIT_FILE: file })
    expect(stdout).toContain('kubectl_scale')
  })

  it('says how it is called', async () => {
    await expect(print(['--sinse', '2h'])).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('Usage:') })
    await expect(print(['--since', 'noon'])).rejects.toMatchObject({ stderr: expect.stringContaining('--since') })
  })

  it('reads ages', () => {
    expect(readPrintOptions(['--since', '2h'], noon).since).toBe(noon - 7_200_000)
    expect(readPrintOptions(['--since', '90s'], noon).since).toBe(noon - 90_000)
    expect(readPrintOptions(['--since', '7d'], noon).since).toBe(noon - 7 * 86_400_000)
  })

  it('prints an audit of any length', () => {
    const line = auditLine(auditEntry({}), new Date(noon))
    expect(
      auditTable(
        Array.from({ length: 150_000 }, () => line),
        100,
      ).split('\n'),
    ).toHaveLength(150_001)
  })

  it('cuts a row to the terminal', () => {
    const table = auditTable([auditLine(auditEntry({ arguments: { a: 'x'.repeat(500) } }), new Date(noon))], 100)
    expect(table.split('\n').map((row) => row.length)).toEqual([expect.any(Number), 100])
  })
})
