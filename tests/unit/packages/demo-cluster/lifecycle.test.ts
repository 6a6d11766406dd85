import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'

describe('the demo cluster', () => {
  it('writes a kubeconfig that only the user can read, and removes it with its folder', async () => {
    const cluster = await startDemoCluster()
    expect((await stat(cluster.kubeconfigPath)).mode & 0o777).toBe(0o600)
    expect((await stat(dirname(cluster.kubeconfigPath))).mode & 0o777).toBe(0o700)
    const text = await readFile(cluster.kubeconfigPath, 'utf8')
    expect(text).toContain(`server: ${cluster.url}`)
    expect(text).toContain('current-context: demo')
    expect(cluster.context).toBe('demo')
    await cluster.close()
    await expect(stat(dirname(cluster.kubeconfigPath))).rejects.toThrow('ENOENT')
  })

  it('listens on the loopback interface alone, each on a port of its own', async () => {
    const [one, other] = await Promise.all([startDemoCluster(), startDemoCluster()])
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(one.url).not.toBe(other.url)
    await Promise.all([one.close(), other.close()])
  })

  it('fails if the port is in use', async () => {
    const cluster = await startDemoCluster()
    const port = Number(new URL(cluster.url).port)
    await expect(startDemoCluster({ port })).rejects.toThrow('EADDRINUSE')
    await cluster.close()
  })

  it('ends watches when it closes, and may be closed twice', async () => {
    const cluster = await startDemoCluster()
    const response = await fetch(`${cluster.url}/api/v1/services?watch=true&resourceVersion=10000000`)
    const reader = response.body?.getReader()
    const cut = expect(reader?.read()).rejects.toThrow()
    await cluster.close()
    await cut
    await cluster.close()
    await expect(fetch(cluster.url)).rejects.toThrow()
  })
})
