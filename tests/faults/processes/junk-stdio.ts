/**
 * kubernetes-mcp-server over stdio behind a filter: if the file FAULTS_JUNK exists, the next tool call gets its content
 * as the response (`$ID` is the call's id) and does not reach the server.
 */
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { kubernetesMcpServerBinary } from '../../support/app'

const file = process.env.FAULTS_JUNK ?? ''
const server = spawn(kubernetesMcpServerBinary(), ['--disable-multi-cluster', '--read-only'], {
  stdio: ['pipe', 'pipe', 'inherit'],
})
server.stdout.pipe(process.stdout)
server.once('exit', (code) => process.exit(code ?? 1))
// The server ends with its stdin, also if this process is killed.
process.once('SIGTERM', () => server.kill('SIGTERM'))

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  const junk = line.includes('"method":"tools/call"') ? takeJunk() : undefined
  if (junk === undefined) server.stdin.write(`${line}\n`)
  else process.stdout.write(`${junk.replaceAll('$ID', /"id":(\d+)/.exec(line)?.[1] ?? '0')}\n`)
})
lines.once('close', () => server.stdin.end())

function takeJunk(): string | undefined {
  try {
    const junk = readFileSync(file, 'utf8')
    rmSync(file)
    return junk
  } catch {
    return undefined
  }
}
