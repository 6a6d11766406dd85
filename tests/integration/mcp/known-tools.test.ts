import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { createPolicy, isKnown } from '../../../server/agent/policy'
import { kubernetesMcpServerBinary } from '../../support/app'
import { serverTool } from '../../support/brands'

const { resolve } = createRequire(import.meta.url)

let cluster: DemoCluster
beforeAll(async () => {
  cluster = await startDemoCluster()
})
afterAll(() => cluster?.close())

async function toolsOf(command: string, args: string[]) {
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', KUBECONFIG: cluster.kubeconfigPath }
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(new StdioClientTransport({ command, args, env, stderr: 'ignore' }))
  try {
    return (await client.listTools()).tools
  } finally {
    await client.close()
  }
}

const SERVERS: { name: string; command: () => [string, string[]]; count: number }[] = [
  {
    name: 'mcp-server-kubernetes',
    command: () => [process.execPath, [resolve('mcp-server-kubernetes/dist/index.js')]],
    count: 23,
  },
  {
    name: 'kubernetes-mcp-server',
    command: () => [kubernetesMcpServerBinary(), ['--toolsets', 'core,config,helm', '--disable-multi-cluster']],
    count: 23,
  },
]

describe.each(SERVERS)("the policy's own list", ({ name, command, count }) => {
  it(`knows every tool of ${name}`, async () => {
    const tools = await toolsOf(...command())
    expect(tools.map((tool) => tool.name).filter((tool) => !isKnown(serverTool(tool)))).toEqual([])
    expect(tools).toHaveLength(count)
  })

  it(`is not looser than what ${name} says of its tools`, async () => {
    const policy = createPolicy({ mode: 'read-only' })
    const reads = (await toolsOf(...command())).filter(({ name: tool }) => policy.isOffered(serverTool(tool)))
    expect(reads.length).toBeGreaterThan(5)
    for (const { name: tool, annotations } of reads)
      expect(policy.isOffered(serverTool(tool), annotations), tool).toBe(true)
  })
})
