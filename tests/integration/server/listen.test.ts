import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { spawnApp, startApp } from '../../support/app'

describe('the built server', () => {
  it('listens on the loopback interface alone, unless told', async () => {
    const app = await startApp({ DEMO: '1' })
    try {
      expect(new URL(app.url).hostname).toBe('127.0.0.1')
      const elsewhere = connect({ host: '127.0.0.2', port: Number(new URL(app.url).port) })
      expect(await once(elsewhere, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }])
    } finally {
      await app.stop()
    }
  })

  it('keeps an idle connection for longer than a proxy does', async () => {
    const app = await startApp({ DEMO: '1' })
    try {
      expect((await fetch(`${app.url}/ready`)).headers.get('keep-alive')).toBe('timeout=65')
    } finally {
      await app.stop()
    }
  })

  it('serves a page whose URLs are relative, for a proxy that strips a prefix', async () => {
    const app = await startApp({ DEMO: '1' })
    try {
      const html = await (await fetch(app.url)).text()
      const urls = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url]) => url)
      expect(urls.length).toBeGreaterThan(0)
      expect(urls.filter((url) => !url?.startsWith('./'))).toEqual([])
      for (const url of urls) expect((await fetch(new URL(url ?? '', `${app.url}/`))).status, url).toBe(200)
    } finally {
      await app.stop()
    }
  })

  it('says that its port is in use, and ends', async () => {
    const first = await startApp({ DEMO: '1' })
    try {
      const { port } = new URL(first.url)
      const second = spawnApp({ DEMO: '1', PORT: port })
      expect(await second.ended).toMatchObject({ code: 1 })
      expect(second.logs()).toContainEqual(expect.stringContaining(`PORT: ${port} on 127.0.0.1 is in use`))
    } finally {
      await first.stop()
    }
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends by itself on %s, also with a request that never ends',
    async (signal) => {
      const app = await startApp({ DEMO: '1' })
      const socket = connect({ host: '127.0.0.1', port: Number(new URL(app.url).port) })
      await once(socket, 'connect')
      // The server has read the headers (100-continue) and waits for a body that never comes.
      socket.write('POST /api/chat HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 10\r\n\r\n')
      await once(socket, 'data')
      const closed = once(socket, 'close')
      process.kill(app.pid, signal)
      await closed
      expect(await app.ended).toEqual({ code: 0, signal: null })
    },
  )
})
