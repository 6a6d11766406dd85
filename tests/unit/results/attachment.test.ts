import { describe, expect, it } from 'vitest'
import { keepAttachment, keptResults, memoryResults } from '../../../server/results'

const LINES = 500
const log = (text: string) => Array.from({ length: LINES }, (_, at) => (at === 250 ? text : `line ${at}`)).join('\n')
const request = (text: string) => ({ conversation: 'c', name: 'app.log', text })

async function keep(text: string) {
  const memory = memoryResults()
  const kept = await keepAttachment(request(text), 'ann', memory)
  const id = /find \{"id":"(\w+)"\}/.exec(kept.text)?.[1] ?? ''
  const find = (user: string) => keptResults(memory, { user, conversation: 'c' }).find({ id, search: 'needle' }, 500)
  return { kept, find }
}

describe('keepAttachment', () => {
  it('shortens a long text for the model, which finds the rest', async () => {
    const { kept, find } = await keep(log('the needle'))
    expect(kept.lines).toBe(LINES)
    expect(kept.tokens).toBeLessThan(900)
    expect(kept.text).not.toContain('needle')
    expect((await find('ann')).forModel).toContain('the needle')
  })

  it("is found by nobody else's model", async () => {
    const { find } = await keep(log('the needle'))
    expect((await find('eve')).status).toBe('error')
  })

  it('redacts before anything is kept', async () => {
    const { kept, find } = await keep(log('needle password=hunter2secret'))
    expect(JSON.stringify(kept)).not.toContain('hunter2secret')
    expect(JSON.stringify(await find('ann'))).not.toContain('hunter2secret')
  })

  it('gives the model all of a short text', async () => {
    const { kept } = await keep('kind: Pod\nmetadata: {}')
    expect(kept.text).toContain('kind: Pod')
    expect(kept.text).not.toContain('find {')
  })
})
