import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { START, startTestCluster, type TestCluster } from './client'

let cluster: TestCluster
let logOf: (namespace: string, app: string) => Promise<string>
beforeAll(async () => {
  cluster = await startTestCluster()
  logOf = async (namespace, app) => {
    const [name = ''] = await cluster.names(`/api/v1/namespaces/${namespace}/pods?labelSelector=app%3D${app}`)
    return `/api/v1/namespaces/${namespace}/pods/${name.split('/')[1]}/log`
  }
})
afterAll(() => cluster.close())

const linesOf = (text: string) => text.split('\n').filter(Boolean)

describe('pods/log', () => {
  it('says why the cart crashes', async () => {
    const lines = linesOf(await cluster.text(await logOf('shop', 'cart')))
    expect(lines[0]).toContain('cart 2.4.0 starting')
    expect(lines.join('\n')).toContain('cannot reach redis')
    expect(lines.at(-1)).toContain('FATAL')
  })

  it('gives the last lines', async () => {
    const log = await logOf('shop', 'web')
    const all = linesOf(await cluster.text(log))
    expect(all.length).toBeGreaterThan(100)
    expect(linesOf(await cluster.text(`${log}?tailLines=3`))).toEqual(all.slice(-3))
    expect(await cluster.text(`${log}?tailLines=0`)).toBe('')
  })

  it('gives the lines of the last seconds, with their times', async () => {
    const log = await logOf('shop', 'web')
    const recent = linesOf(await cluster.text(`${log}?sinceSeconds=60&timestamps=true`))
    expect(recent).toHaveLength(6)
    for (const line of recent) {
      const time = Date.parse(line.split(' ')[0] ?? '')
      expect(time).toBeGreaterThanOrEqual(START - 60_000)
      expect(time).toBeLessThanOrEqual(START)
    }
    const sinceTime = new Date(START - 60_000).toISOString()
    expect(linesOf(await cluster.text(`${log}?sinceTime=${sinceTime}&timestamps=true`))).toEqual(recent)
  })

  it('returns the previous run of a crashing container, and refuses if there was none', async () => {
    expect(await cluster.text(`${await logOf('shop', 'cart')}?previous=true`)).toContain('cannot reach redis')
    const status = await cluster.refusal(`${await logOf('shop', 'web')}?previous=true`)
    expect(status.message).toMatch(/^previous terminated container "nginx" in pod "web-.+" not found$/)
  })

  it("refuses if the container waits, with the kubelet's message", async () => {
    const status = await cluster.refusal(await logOf('payments', 'api'))
    expect(status).toMatchObject({ code: 400, reason: 'BadRequest' })
    expect(status.message).toMatch(
      /^container "api" in pod "api-.+" is waiting to start: trying and failing to pull image$/,
    )
  })

  it('is empty if the pod has no node', async () => {
    expect(await cluster.text(await logOf('payments', 'reports'))).toBe('')
  })

  it('refuses a container and a pod that are not there', async () => {
    const wrong = await cluster.refusal(`${await logOf('shop', 'web')}?container=sidecar`)
    expect(wrong.message).toMatch(/^container sidecar is not valid for pod web-/)
    const missing = await cluster.refusal('/api/v1/namespaces/shop/pods/nope/log')
    expect(missing).toMatchObject({ code: 404, message: 'pods "nope" not found' })
  })

  it('continues with follow until the client disconnects', async () => {
    const client = new AbortController()
    const path = await logOf('shop', 'web')
    const response = await fetch(`${cluster.url}${path}?follow=true&tailLines=1`, { signal: client.signal })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    expect(linesOf((await reader?.read())?.value ?? '')).toHaveLength(1)
    cluster.setSeconds(20)
    expect(linesOf((await reader?.read())?.value ?? '')).toHaveLength(2)
    client.abort()
    cluster.setSeconds(0)
  })
})
