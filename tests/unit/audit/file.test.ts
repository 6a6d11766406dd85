import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withCluster } from '../../../server/audit'
import { AuditFile } from '../../../server/audit/file'
import { AuditError, auditLineSchema } from '../../../server/audit/entry'
import { MAX_LINE_BYTES } from '../../../server/audit/line'
import { auditEntry } from '../../support/audit'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-test-'))
  path = join(folder, 'state', 'deeper', 'audit.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true }))

const linesOf = (file = path) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => auditLineSchema.parse(JSON.parse(line)))

describe("the audit's file", () => {
  it('names the cluster of each call as of its time, and holds lines of before (cluster-9)', async () => {
    const file = await AuditFile.open(path)
    let user = 'viewer'
    const named = withCluster(file, () => ({ cluster: 'c', context: 's', apiServer: 'https://a', apiUser: user }))
    await file.record(auditEntry({}))
    await named.record(auditEntry({}))
    user = 'admin'
    await named.record(auditEntry({}))
    await named.close()
    const [before, first, second] = linesOf()
    expect(before).not.toHaveProperty('apiServer')
    expect(first).toMatchObject({ cluster: 'c', context: 's', apiServer: 'https://a', apiUser: 'viewer' })
    expect(second).toMatchObject({ apiUser: 'admin' })
  })

  it('is made for us alone, and holds a line for each call', async () => {
    const audit = await AuditFile.open(path)
    await audit.record(auditEntry({ tool: 'pods_list', arguments: { namespace: 'shop', all: true } }))
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'state', 'deeper')).mode & 0o777).toBe(0o700)
    const canonical = createHash('sha256').update('{"all":true,"namespace":"shop"}').digest('hex')
    expect(linesOf()).toEqual([
      {
        ...auditEntry({ tool: 'pods_list' }),
        time: expect.any(String),
        arguments: { namespace: 'shop', all: true },
        argumentsHash: canonical,
      },
    ])
    await audit.close()
  })

  it('keeps the order of calls, and existing lines', async () => {
    mkdirSync(join(folder, 'state', 'deeper'), { recursive: true })
    const first = await AuditFile.open(path)
    await first.record(auditEntry({ call: 'before' }))
    await first.close()
    const audit = await AuditFile.open(path)
    await Promise.all(Array.from({ length: 500 }, (_, at) => audit.record(auditEntry({ call: `c${at}` }))))
    expect(linesOf().map(({ call }) => call)).toEqual(['before', ...Array.from({ length: 500 }, (_, at) => `c${at}`)])
    await audit.close()
  })

  it('redacts arguments, and hashes the exact ones', async () => {
    const audit = await AuditFile.open(path)
    const hidden = 'hunter2hunter2'
    await audit.record(auditEntry({ arguments: { password: hidden } }))
    await audit.record(auditEntry({ arguments: { password: 'hunter3hunter3' } }))
    expect(readFileSync(path, 'utf8')).not.toContain(hidden)
    const [one, other] = linesOf()
    expect(one?.argumentsHash).not.toBe(other?.argumentsHash)
    await audit.close()
  })

  it.each([
    ['a long manifest', { manifest: 'x'.repeat(300_000) }],
    ['what grows in JSON', { manifest: '\u0001"é🙂'.repeat(40_000) }],
    ['many arguments', Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`a${at}`, at]))],
  ])('cuts %s to a line of 64 KiB, and keeps its hash', async (_, args) => {
    const audit = await AuditFile.open(path)
    await audit.record(auditEntry({ arguments: args, user: 'u'.repeat(10_000), tool: 't'.repeat(10_000) }))
    expect(statSync(path).size).toBeLessThanOrEqual(MAX_LINE_BYTES)
    expect(linesOf()).toEqual([
      expect.objectContaining({ arguments: expect.stringMatching(/… \[cut: \d+ more characters\]$/) }),
    ])
    expect(linesOf()[0]?.argumentsHash).toMatch(/^[0-9a-f]{64}$/)
    await audit.close()
  })

  it('does not fall over arguments that are nested too deeply for a hash', async () => {
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
    const audit = await AuditFile.open(path)
    await audit.record(auditEntry({ arguments: { deep } }))
    expect(linesOf()[0]).toMatchObject({ tool: 'pods_list' })
    await audit.close()
  })

  it('continues in a new file after a rotation', async () => {
    const audit = await AuditFile.open(path)
    await audit.record(auditEntry({ call: 'one' }))
    renameSync(path, `${path}.1`)
    await audit.record(auditEntry({ call: 'two' }))
    expect(linesOf(`${path}.1`).map(({ call }) => call)).toEqual(['one'])
    expect(linesOf().map(({ call }) => call)).toEqual(['two'])
    rmSync(path)
    await audit.record(auditEntry({ call: 'three' }))
    expect(linesOf().map(({ call }) => call)).toEqual(['three'])
    await audit.close()
  })

  it('begins a line of its own behind one that was torn', async () => {
    const first = await AuditFile.open(path)
    await first.close()
    appendFileSync(path, '{"time":"2026')
    const audit = await AuditFile.open(path)
    await audit.record(auditEntry({ call: 'whole' }))
    const [torn, whole] = readFileSync(path, 'utf8').split('\n')
    expect(torn).toBe('{"time":"2026')
    expect(auditLineSchema.parse(JSON.parse(whole ?? ''))).toMatchObject({ call: 'whole' })
    await audit.close()
  })

  it('rejects if it cannot be written, and continues once it can', async () => {
    const audit = await AuditFile.open(path)
    rmSync(path)
    mkdirSync(path)
    await expect(audit.record(auditEntry({}))).rejects.toThrow(AuditError)
    rmSync(path, { recursive: true })
    await audit.record(auditEntry({ call: 'again' }))
    expect(linesOf().map(({ call }) => call)).toEqual(['again'])
    await audit.close()
  })

  it('says which file it cannot open', async () => {
    writeFileSync(join(folder, 'file'), '')
    const inside = join(folder, 'file', 'audit.jsonl')
    await expect(AuditFile.open(inside)).rejects.toThrow(inside)
    await expect(AuditFile.open(inside)).rejects.toThrow(AuditError)
  })

  it.runIf(existsSync('/dev/full'))('says that a disk is full', async () => {
    const audit = await AuditFile.open('/dev/full')
    await expect(audit.record(auditEntry({}))).rejects.toThrow(/\/dev\/full/)
    await audit.close()
  })
})
