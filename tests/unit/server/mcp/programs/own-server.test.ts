import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startOwnServer } from '../../../../../server/mcp/programs/own-server'
import type { OwnServer } from '../../../../../server/mcp/programs/own-server'

const log = { info: () => undefined, warn: () => undefined, debug: () => undefined }
let folder: string
let server: OwnServer | undefined

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'own-server-'))))
afterEach(async () => {
  await server?.close()
  rmSync(folder, { recursive: true })
})

/** A program that notes the UID with which it was started, and ends with its stdin as ours does. */
function start(): OwnServer {
  const program = join(folder, 'program.mjs')
  const notes = JSON.stringify(join(folder, 'starts'))
  writeFileSync(
    program,
    `import { appendFileSync } from 'node:fs'
appendFileSync(${notes}, (process.env.MCP_EXPECTED_UID ?? 'none') + '\\n')
console.log(JSON.stringify({ listening: 'here' }))
process.stdin.resume().on('end', () => process.exit(0))
`,
  )
  return startOwnServer({ env: {}, folder, log, program })
}

const starts = (): string[] => {
  try {
    return readFileSync(join(folder, 'starts'), 'utf8').trim().split('\n')
  } catch {
    return []
  }
}

describe('our own MCP server as a child process', () => {
  it('keeps to the cluster of its first answer after a restart', async () => {
    server = start()
    await expect.poll(starts).toEqual(['none'])
    server.pinUid('uid-of-staging')
    server.pinUid('uid-of-production')
    if (server.endpoint.transport !== 'http') throw new Error('not over HTTP')
    server.endpoint.program?.replace()
    await expect.poll(starts, { timeout: 10_000 }).toEqual(['none', 'uid-of-staging'])
  })
})
