/** The login of an open socket is checked with each message. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Caller } from '../../../server/auth/caller'
import { LoginError, ProviderError, TooManyAttemptsError } from '../../../server/auth/errors'
import type { Assistant } from '../../../server/core/assistant'
import { provideAssistant } from '../../../server/core/running'
import { Slots } from '../../../server/limits/slots'
import { RancherError } from '../../../server/rancher/rancher'
import { createSocketServer } from '../../../server/socket/upgrade'
import { quotedWords } from '../../../shared/messages/create'
import { openSocket } from '../../support/socket'
import type { Socket } from '../../support/socket'

const callerOf = (name: string): Caller => ({ user: { name, mayWrite: false } })
const identify = vi.fn<() => Promise<Caller | undefined>>()
const stop = vi.fn()

beforeAll(() => {
  const parts: Pick<Assistant, 'streams' | 'web'> = {
    streams: new Slots(8),
    web: { hosts: { addresses: true }, frameAncestors: [] },
  }
  const access = { require: async () => callerOf('anna'), identify }
  provideAssistant(Promise.resolve({ ...parts, access, turns: { stop, find: () => undefined } } as never))
})

describe('an open socket', () => {
  const sockets = createSocketServer()
  let server: Server
  let socket: Socket
  beforeEach(async () => {
    vi.resetAllMocks()
    server = createServer().on('upgrade', sockets.upgrade).listen(0, '127.0.0.1')
    await once(server, 'listening')
    socket = await openSocket(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  afterEach(() => {
    socket.close()
    sockets.cut()
    server.close()
  })

  it.each([
    ['rancher-down', new RancherError('https://rancher.example', 'connection refused')],
    ['provider-down', new ProviderError('https://login.example')],
    ['too-many-attempts', new TooManyAttemptsError(30)],
    ['internal', new Error('a fault of ours')],
  ])('refuses a message with %s if the login cannot be checked, and stays open', async (code, error) => {
    identify.mockRejectedValueOnce(error).mockResolvedValueOnce(callerOf('anna'))
    socket.send({ type: 'attach', turnId: 'the-turn-of-this-test' })
    expect(await socket.next()).toMatchObject({ type: 'refused', error: { code } })
    socket.send({ type: 'attach', turnId: 'the-turn-of-this-test' })
    expect(await socket.next()).toMatchObject({ type: 'refused', error: { code: 'turn-not-found' } })
  })

  it('stops a turn of its user even if the login cannot be checked', async () => {
    identify.mockRejectedValue(new RancherError('https://rancher.example', 'connection refused'))
    socket.send({ type: 'stop', turnId: 'the-turn-of-this-test' })
    await vi.waitFor(() => expect(stop).toHaveBeenCalledWith('anna', 'the-turn-of-this-test'))
  })

  it.each([
    ['the login has ended', () => Promise.reject(new LoginError(quotedWords('log in again')))],
    ['the message names no user', () => Promise.resolve(undefined)],
    ['the message names another user', () => Promise.resolve(callerOf('bob'))],
  ])('is closed if %s', async (_, answer) => {
    identify.mockImplementation(answer)
    socket.send({ type: 'stop', turnId: 'the-turn-of-this-test' })
    await expect(socket.next()).rejects.toThrow('closed')
    expect(stop).not.toHaveBeenCalled()
  })
})
