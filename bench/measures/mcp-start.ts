/** Time from starting an MCP server until it answers `initialize` over stdio, and our program's size. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { mcpEntry } from '../../scripts/paths.mjs'
import { kubernetesMcpServerBinary } from '../../tests/support/app'
import { info, limit, ms } from '../result'
import type { Context, Result } from '../result'
import { percentile, p50 } from '../stats'

const GOAL_MS = 300

const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '1' } },
})

export async function mcpStart({ quick }: Context): Promise<Result> {
  const kubeconfig = process.env.TEST_KUBECONFIG
  const starts = quick ? 3 : 15
  const ours = await measure([process.execPath, mcpEntry], kubeconfig, starts)
  const lines = [
    limit('Start of our MCP server until initialize is answered, p50', p50(ours), GOAL_MS, 'ms', 0),
    info('Size of our MCP server, one file', statSync(mcpEntry).size / 1e6, 'MB', 2),
  ]
  const rows = [row('our MCP server', ours)]
  // It requires a cluster.
  if (kubeconfig)
    rows.push(
      row('kubernetes-mcp-server', await measure([kubernetesMcpServerBinary(), '--read-only'], kubeconfig, starts)),
    )
  const columns = ['MCP server', 'starts', 'fastest, ms', 'p50, ms', 'slowest, ms']
  return {
    lines,
    tables: [{ title: 'Start of an MCP server until initialize is answered, over stdio', columns, rows }],
  }
}

async function measure(command: string[], kubeconfig: string | undefined, starts: number): Promise<number[]> {
  const samples: number[] = []
  // The first start reads files from disk; later ones find them in memory.
  for (let at = -1; at < starts; at++) {
    const took = await startOnce(command, kubeconfig)
    if (at >= 0) samples.push(took)
  }
  return samples
}

async function startOnce([program = '', ...args]: string[], kubeconfig: string | undefined): Promise<number> {
  const { PATH, HOME } = process.env
  const startedAt = performance.now()
  const child = spawn(program, args, {
    env: { PATH, HOME, ...(kubeconfig && { KUBECONFIG: kubeconfig }) },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const exited = once(child, 'exit')
  try {
    child.stdin.write(`${INITIALIZE}\n`)
    const answered = once(createInterface({ input: child.stdout }), 'line')
    const [line] = await Promise.race([answered, exited])
    const took = performance.now() - startedAt
    if (typeof line !== 'string' || !line.includes('"serverInfo"')) throw new Error(`${program} did not answer`)
    return took
  } finally {
    child.kill('SIGKILL')
    await exited
  }
}

function row(name: string, samples: number[]): string[] {
  return [name, String(samples.length), ms(Math.min(...samples)), ms(p50(samples)), ms(percentile(samples, 1))]
}
