import { describe, expect, it } from 'vitest'
import { withFind } from '../../../server/mcp/toolbox/with-find'
import { keptResults, memoryResults } from '../../../server/results'
import { ask, callTools, say, scriptedModel, scriptedToolbox } from '../../support/agent/scripted'
import type { Script } from '../../support/agent/scripted'

const TABLE = [
  'NAMESPACE   NAME       STATUS             RESTARTS   AGE',
  ...Array.from({ length: 900 }, (_, at) => `shop        ${`web-${at}`.padEnd(8)}   Running            0          3d`),
  'shop        cart-1     CrashLoopBackOff   12         3d',
].join('\n')

/** Calls `find` with the id at the end of the last result. */
function find(args: object): Script {
  return async function* (request) {
    const last = request.messages.findLast(({ role }) => role === 'tool')?.content ?? ''
    const id = /find \{"id":"([^"]+)"\}/.exec(last)?.[1] ?? 'none'
    yield* callTools(['find', { id, ...args }])
  }
}

const lastOf = ({ requests }: ReturnType<typeof scriptedModel>) => requests.at(-1)?.messages.at(-1)?.content ?? ''

describe('find', () => {
  it('answers from a long result without a call of the MCP server', async () => {
    const server = scriptedToolbox({ pods_list: TABLE })
    const model = scriptedModel(callTools(['pods_list', {}]), find({ where: 'RESTARTS>5' }), say('cart-1 crashes.'))
    const { results, finish } = await ask('Which pods restart?', { model, toolbox: withFind(server) })
    expect(results.map(({ status }) => status)).toEqual(['ok', 'ok'])
    expect(results[1]?.forPerson).toMatchObject({ kind: 'table', rows: [expect.arrayContaining(['cart-1'])] })
    expect(lastOf(model)).toContain('cart-1')
    expect(server.calls).toEqual([{ name: 'pods_list', args: {} }])
    expect(finish.reason).toBe('stop')
  })

  it('stands at the same place of the offer in each request', async () => {
    const model = scriptedModel(callTools(['pods_list', {}]), say('Done.'))
    await ask('Which pods are there?', { model, toolbox: withFind(scriptedToolbox({ pods_list: 'NAME\nweb' })) })
    const offers = model.requests.map(({ tools }) => tools.map(({ name }) => name))
    expect(offers).toEqual([
      ['pods_list', 'find'],
      ['pods_list', 'find'],
    ])
  })

  it("leaves a server's own tool of that name alone", async () => {
    const toolbox = withFind(scriptedToolbox({ find: 'the own one' }))
    expect(toolbox.tools()).toHaveLength(1)
  })

  it('says that a result of another conversation is not kept', async () => {
    const memory = memoryResults()
    const of = (user: string) => keptResults(memory, { user, conversation: 'c1' })
    const toolbox = withFind(scriptedToolbox({ pods_list: TABLE }))
    const first = scriptedModel(callTools(['pods_list', {}]), say('Done.'))
    await ask('Which pods are there?', { model: first, toolbox, results: of('an') })
    const id = /find \{"id":"([^"]+)"\}/.exec(lastOf(first))?.[1] ?? ''
    const second = scriptedModel(callTools(['find', { id }]), say('It is gone.'))
    const { results } = await ask('And mine?', { model: second, toolbox, results: of('binh') })
    expect(results[0]).toMatchObject({ status: 'error', forPerson: { localized: { code: 'find-gone' } } })
    expect(lastOf(second)).not.toContain('cart-1')
  })

  it.each([
    ['keep', callTools(['pods_list', {}]), 'ok'],
    ['find', callTools(['find', { id: 'r1' }]), 'cancelled'],
  ] as const)('does not hold up a stop while %s waits for Redis', async (hangs, script, status) => {
    const reached = Promise.withResolvers<void>()
    const results = keptResults(memoryResults(), { user: 'an', conversation: 'c1' })
    const hanging = () => {
      reached.resolve()
      return new Promise<never>(() => undefined)
    }
    const toolbox = withFind(scriptedToolbox({ pods_list: TABLE }))
    const stop = new AbortController()
    const deps = { model: scriptedModel(script), toolbox, results: { ...results, [hangs]: hanging } }
    const turn = ask('Which pods are there?', deps, stop.signal)
    await reached.promise
    stop.abort(new Error('stopped'))
    const asked = await turn
    expect(asked.results).toMatchObject([{ status }])
    expect(asked.finish.reason).toBe('aborted')
  })
})
