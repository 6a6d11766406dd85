import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { closeOpenAnswer } from '../../../../utils/chat/messages'
import { openPage, stubNuxt } from './approvalPage'
import { approvalOf, asking, closing, resultOf, startApprovalServer, textOf } from './approvalServer'
import { kept } from '../conversation/memoryArchive'

vi.mock('../../../../utils/conversation/messageArchive', () => import('../conversation/memoryArchive'))

let server: ReturnType<typeof startApprovalServer>
beforeEach(() => {
  server = startApprovalServer()
  stubNuxt(server)
})
afterEach(() => void vi.unstubAllGlobals())

const until = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 5 })

/** A page that asked for changes, and waits for the person. */
async function waiting(...ids: string[]) {
  const page = openPage()
  await until(() => expect(page.session.isLoaded.value).toBe(true))
  server.scripts.push(asking(...ids.map((id) => approvalOf(id))))
  expect(page.session.send('scale web to 5')).toBe(true)
  await until(() => expect(page.session.pending.value).toHaveLength(ids.length))
  return page
}

const yes = (id: string) => ({ id: `approval-${id}`, approved: true })
const no = (id: string, reason?: string) => ({ id: `approval-${id}`, approved: false, ...(reason && { reason }) })

describe('approvals of a turn', () => {
  it('are answered one by one, and posted once, with the last', async () => {
    const page = await waiting('a', 'b')
    page.session.decide([yes('a')])
    expect(page.calls().map(({ state }) => state)).toEqual(['approval-responded', 'approval-requested'])
    expect(page.session.isBusy.value).toBe(false)
    expect(server.posts).toHaveLength(1)

    page.session.decide([no('b', 'too many')])
    expect(page.session.isBusy.value).toBe(true)
    await until(() => expect(server.posts).toHaveLength(2))
    const [question, answer] = server.posts[1]?.messages ?? []
    expect(server.posts[1]?.turnId).not.toBe(server.posts[0]?.turnId)
    expect(question?.role).toBe('user')
    expect(answer?.parts.filter(({ type }) => type === 'dynamic-tool')).toMatchObject([
      { state: 'approval-responded', approval: { id: 'approval-a', approved: true, signature: 'signed-a' } },
      {
        state: 'approval-responded',
        approval: { id: 'approval-b', approved: false, reason: 'too many', signature: 'signed-b' },
      },
    ])
    expect(JSON.stringify(answer)).not.toContain('data-approval')

    server.say(
      ...resultOf('a', 'ok'),
      ...resultOf('b', 'declined'),
      { type: 'start-step' },
      ...textOf('Done.'),
      ...closing,
    )
    await until(() => expect(page.session.isBusy.value).toBe(false))
    expect(page.calls()).toMatchObject([{ status: 'ok' }, { status: 'declined' }])
    expect(page.texts()).toEqual(['Done.'])
    expect(page.ids()).toHaveLength(2)
    await nextTick()
    expect(server.posts).toHaveLength(2)
    expect(page.session.problem.value).toBeUndefined()
  })

  it('may be asked for again in the same turn, and each round is posted once', async () => {
    const page = await waiting('a')
    server.scripts.push([...resultOf('a', 'ok'), ...asking(approvalOf('b'))])
    page.session.decide([yes('a')])
    await until(() => expect(page.session.pending.value.map(({ id }) => id)).toEqual(['approval-b']))
    server.scripts.push([...resultOf('b', 'ok'), ...textOf('Both.'), ...closing])
    page.session.decide([yes('b')])
    await until(() => expect(page.texts()).toEqual(['Both.']))
    expect(page.calls()).toMatchObject([{ status: 'ok' }, { status: 'ok' }])
    expect(server.posts).toHaveLength(3)
    // What has served is not posted again.
    expect(JSON.stringify(server.posts[2])).not.toContain('signed-a')
  })

  it('hold back another question until they are answered, and may be dropped with their answer', async () => {
    const page = await waiting('a')
    expect(page.session.send('and now?')).toBe(false)
    expect(page.ids()).toHaveLength(2)
    server.scripts.push([...textOf('No change.'), ...closing])
    page.session.regenerate()
    await until(() => expect(page.texts()).toEqual(['No change.']))
    expect(server.posts[1]?.messages.map(({ role }) => role)).toEqual(['user'])
    expect(page.session.pending.value).toEqual([])
  })

  it('are no longer pending after the question is edited', async () => {
    const page = await waiting('a')
    server.scripts.push([...textOf('Fine.'), ...closing])
    page.session.edit(page.ids()[0] ?? '', 'scale web to 4')
    await until(() => expect(page.texts()).toEqual(['Fine.']))
    expect(page.ids()).toHaveLength(2)
  })

  it('cannot be answered while more of them may come', async () => {
    const page = openPage()
    await until(() => expect(page.session.isLoaded.value).toBe(true))
    const chunks = asking(approvalOf('a'), approvalOf('b'))
    server.scripts.push(chunks.slice(0, 5))
    page.session.send('scale web to 5')
    await until(() =>
      expect(page.calls()).toMatchObject([{ state: 'approval-requested' }, { state: 'input-available' }]),
    )
    page.session.decide([yes('a')])
    expect(page.calls()[0]?.state).toBe('approval-requested')
    server.say(...chunks.slice(5))
    await until(() => expect(page.session.pending.value).toHaveLength(2))
  })

  it('end with a Stop that comes before the last of them', async () => {
    const page = openPage()
    await until(() => expect(page.session.isLoaded.value).toBe(true))
    server.scripts.push(asking(approvalOf('a')).slice(0, 4))
    page.session.send('scale web to 5')
    await until(() => expect(page.calls()).toMatchObject([{ state: 'approval-requested' }]))
    page.session.stop()
    await until(() => expect(page.session.isBusy.value).toBe(false))
    expect(page.calls()).toMatchObject([{ status: 'cancelled' }])
    expect(page.session.pending.value).toEqual([])
    expect(page.session.send('another')).toBe(true)
  })
})

describe('a turn that continues', () => {
  it('can be stopped: received parts stay, and approved calls may have run', async () => {
    const page = await waiting('a', 'b', 'c')
    server.scripts.push(resultOf('a', 'ok'))
    page.session.decide([yes('a'), yes('b'), no('c', 'not now')])
    await until(() => expect(page.calls()[0]?.status).toBe('ok'))
    page.session.stop()
    await until(() => expect(page.session.isBusy.value).toBe(false))
    expect(page.calls().map(({ status }) => status)).toEqual(['ok', 'unknown', 'declined'])
    expect(page.last()?.metadata?.finishReason).toBe('aborted')
    expect(server.stopped).toEqual([server.posts[1]?.turnId])
    server.scripts.push([...textOf('Looking.'), ...closing])
    expect(page.session.send('did it run?')).toBe(true)
    await until(() => expect(page.texts()).toEqual(['Looking.']))
    const posted = JSON.stringify(server.posts[2]?.messages)
    expect(posted).toContain('It may have run')
    expect(posted).toContain('Declined by the user: not now')
  })

  it('is resumed after its connection breaks, and never posted twice', async () => {
    const page = await waiting('a')
    page.session.decide([yes('a')])
    await until(() => expect(server.posts).toHaveLength(2))
    server.say(...resultOf('a', 'ok'), { type: 'start-step' }, ...textOf('It has '))
    await until(() => expect(page.texts()).toEqual(['It has ']))
    server.cut()
    server.say({ type: 'text-delta', id: 'text-0', delta: '5 replicas.' }, ...closing)
    await until(() => expect(page.texts()).toEqual(['It has 5 replicas.']))
    expect(page.calls()).toMatchObject([{ status: 'ok' }])
    expect(page.ids()).toHaveLength(2)
    expect(server.posts).toHaveLength(2)
  })

  it.each([
    [
      'refused',
      () => Response.json({ error: { code: 'too-many-turns', message: '', requestId: 'r' } }, { status: 429 }),
    ],
    ['not reached', () => new TypeError('Failed to fetch')],
  ])('is sent again by a person where the server was %s, under its own id', async (_, refusal) => {
    const page = await waiting('a')
    server.restart()
    server.refusals.push(refusal())
    page.session.decide([yes('a')])
    await until(() => expect(page.session.problem.value).toBeDefined())
    expect(['too-many-turns', 'unreachable']).toContain(page.session.problem.value?.code)
    expect(page.calls()).toMatchObject([{ state: 'approval-responded' }])
    server.scripts.push([...resultOf('a', 'ok'), ...textOf('Done.'), ...closing])
    page.session.retry()
    await until(() => expect(page.texts()).toEqual(['Done.']))
    expect(server.posts[2]?.turnId).toBe(server.posts[1]?.turnId)
    expect(page.calls()).toMatchObject([{ status: 'ok' }])
    expect(page.ids()).toHaveLength(2)
  })

  it('yields to another question if it could not be sent', async () => {
    const page = await waiting('a')
    server.refusals.push(Response.json({}, { status: 500 }))
    page.session.decide([yes('a')])
    await until(() => expect(page.session.problem.value).toBeDefined())
    server.scripts.push([...textOf('Hello.'), ...closing])
    expect(page.session.send('never mind')).toBe(true)
    await until(() => expect(page.texts()).toEqual(['Hello.']))
    expect(JSON.stringify(server.posts[2]?.messages)).toContain('It may have run')
    expect(server.stopped).toEqual([server.posts[1]?.turnId])
  })

  it('ends with an error without a loop', async () => {
    const page = await waiting('a')
    const error = { code: 'model-cut', message: 'cut', requestId: 'r' }
    page.session.decide([yes('a')])
    await until(() => expect(server.posts).toHaveLength(2))
    server.say(
      { type: 'message-metadata', messageMetadata: { error, finishReason: 'error' } },
      { type: 'error', errorText: 'cut' },
    )
    await until(() => expect(page.session.isBusy.value).toBe(false))
    expect(page.calls()).toMatchObject([{ status: 'unknown' }])
    expect(page.session.problem.value?.code).toBe('model-cut')
    await new Promise((resolve) => setImmediate(resolve))
    expect(server.posts).toHaveLength(2)
  })

  it('keeps the results of a change after any attempt following an error', async () => {
    const page = await waiting('a')
    const error = { code: 'model-unreachable', message: '', requestId: 'r' }
    page.session.decide([yes('a')])
    await until(() => expect(server.posts).toHaveLength(2))
    server.say(
      ...resultOf('a', 'ok'),
      { type: 'message-metadata', messageMetadata: { error, finishReason: 'error' } },
      { type: 'error', errorText: '' },
    )
    await until(() => expect(page.session.isBusy.value).toBe(false))
    page.session.regenerate()
    expect(page.session.isBusy.value).toBe(false)
    expect(page.calls()).toMatchObject([{ status: 'ok' }])
    server.scripts.push([...textOf('It has 5 replicas.'), ...closing])
    page.session.retry()
    await until(() => expect(page.texts()).toEqual(['It has 5 replicas.']))
    expect(page.ids()).toHaveLength(4)
    expect(server.posts[2]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])
    expect(JSON.stringify(server.posts[2]?.messages[1])).toContain('"status":"ok"')
  })
})

describe('a reload', () => {
  it('keeps what waits, and its answers', async () => {
    const page = await waiting('a', 'b')
    page.session.decide([yes('a')])
    await page.close()
    const again = openPage()
    await until(() => expect(again.session.pending.value.map(({ id }) => id)).toEqual(['approval-b']))
    expect(server.posts).toHaveLength(1)
    server.scripts.push([...resultOf('a', 'ok'), ...resultOf('b', 'ok'), ...closing.slice(1)])
    again.session.decide([yes('b')])
    await until(() => expect(again.calls()).toMatchObject([{ status: 'ok' }, { status: 'ok' }]))
    expect(server.posts).toHaveLength(2)
  })

  it('in the middle takes the turn up: nothing is doubled or lost, also by a second one', async () => {
    const page = await waiting('a', 'b')
    page.session.decide([yes('a'), no('b', 'too many')])
    await until(() => expect(server.posts).toHaveLength(2))
    server.say(...resultOf('a', 'ok'), { type: 'start-step' }, ...textOf('It has '))
    await until(() => expect(page.texts()).toEqual(['It has ']))
    await page.close()

    const again = openPage()
    await until(() => expect(again.texts()).toEqual(['It has ']))
    await again.close()

    const third = openPage()
    await until(() => expect(third.texts()).toEqual(['It has ']))
    server.say({ type: 'text-delta', id: 'text-0', delta: '5.' }, ...resultOf('b', 'declined'), ...closing)
    await until(() => expect(third.session.isBusy.value).toBe(false))
    expect(third.texts()).toEqual(['It has 5.'])
    expect(third.calls()).toMatchObject([
      { id: 'a', status: 'ok' },
      { id: 'b', status: 'declined' },
    ])
    expect(third.last()?.parts.map(({ type }) => type)).toEqual([
      'step-start',
      'dynamic-tool',
      'dynamic-tool',
      'data-approval',
      'data-approval',
      'data-result',
      'step-start',
      'text',
      'data-result',
    ])
    expect(third.last()?.parts[2]).toMatchObject({ approval: { approved: false, reason: 'too many' } })
    expect(third.ids()).toHaveLength(2)
    expect(server.posts).toHaveLength(2)
  })

  it('sends the answers whose way to the server was cut short, once', async () => {
    const page = await waiting('a')
    server.refusals.push(new TypeError('Failed to fetch'))
    server.restart()
    page.session.decide([yes('a')])
    await until(() => expect(page.session.problem.value).toBeDefined())
    await page.close()
    server.scripts.push([...resultOf('a', 'ok'), ...textOf('Done.'), ...closing])
    const again = openPage()
    await until(() => expect(again.texts()).toEqual(['Done.']))
    expect(again.calls()).toMatchObject([{ status: 'ok' }])
    expect(server.posts).toHaveLength(3)
    expect(server.posts[2]?.turnId).toBe(server.posts[1]?.turnId)
    await again.close()
    const third = openPage()
    await until(() => expect(third.session.isLoaded.value).toBe(true))
    expect(third.session.isBusy.value).toBe(false)
    expect(server.posts).toHaveLength(3)
  })

  it('says that the outcome is unknown if the server has lost a started turn', async () => {
    const page = await waiting('a', 'b')
    page.session.decide([yes('a'), yes('b')])
    await until(() => expect(server.posts).toHaveLength(2))
    server.say(...resultOf('a', 'ok'))
    await until(() => expect(page.calls()[0]?.status).toBe('ok'))
    await page.close()
    server.restart()
    const again = openPage()
    await until(() => expect(again.session.problem.value?.code).toBe('connection-lost'))
    expect(again.calls().map(({ status }) => status)).toEqual(['ok', 'unknown'])
    expect(server.posts).toHaveLength(2)
  })

  it('resumes an abandoned turn that the server continues', async () => {
    const page = await waiting('a', 'b')
    page.session.decide([yes('a'), yes('b')])
    await until(() => expect(server.posts).toHaveLength(2))
    server.say(...resultOf('a', 'ok'))
    await until(() => expect(page.calls()[0]?.status).toBe('ok'))
    await page.close()
    kept.set('conversation', closeOpenAnswer(kept.get('conversation') ?? [], 'lost'))
    const again = openPage()
    await until(() => expect(again.session.isBusy.value).toBe(true))
    server.say(...resultOf('b', 'ok'), { type: 'start-step' }, ...textOf('Both.'), ...closing)
    await until(() => expect(again.texts()).toEqual(['Both.']))
    expect(again.calls().map(({ status }) => status)).toEqual(['ok', 'ok'])
    expect(again.session.problem.value).toBeUndefined()
    expect(again.ids()).toHaveLength(2)
    expect(server.posts).toHaveLength(2)
  })

  it('finds everything kept before the answers are posted', async () => {
    const page = await waiting('a')
    page.session.decide([yes('a')])
    await until(() => expect(server.posts).toHaveLength(2))
    expect(kept.get('conversation')?.at(-1)?.metadata?.turnId).toBe(server.posts[1]?.turnId)
  })
})
