/** Characters that nobody sees leave what does not come through presentResult, too: names, arguments, errors. */
import { describe, expect, it } from 'vitest'
import { quotedWords } from '../../../shared/messages/create'
import { unknownOutcome } from '../../../server/mcp/toolbox/outcome'
import { wordsOf } from '../../../server/mcp/errors'
import { cleanText, cleanValue } from '../../../server/results'
import { ask, callTools, say, scriptedModel, scriptedToolbox } from '../../support/agent/scripted'
import { serverTool } from '../../support/brands'

const ZERO_WIDTH = String.fromCodePoint(0x200b)
const OVERRIDE = String.fromCodePoint(0x202e)
const ESC = String.fromCodePoint(0x1b)
/** A token that an invisible character hides from the expressions. */
const HIDDEN_TOKEN = `eyJhbGciOiJIUzI1NiJ9${ZERO_WIDTH}.eyJzdWIiOiJhZG1pbiJ9.c2lnbmF0dXJl`

describe('hidden characters', () => {
  it('leave the name and the arguments that a model wrote', async () => {
    const model = scriptedModel(
      callTools([`no${ZERO_WIDTH}pe`, { [`a${OVERRIDE}`]: `x${ESC}[31m`, b: [HIDDEN_TOKEN] }]),
      say('ok'),
    )
    const { events, results } = await ask('hello', { model, toolbox: scriptedToolbox({ pods_list: 'a' }) })
    const call = events.find((event) => event.type === 'tool-call')
    expect(call).toMatchObject({ call: { name: 'nope', arguments: { a: 'x', b: ['<redacted>'] } } })
    expect(results[0]?.forModel).toContain('There is no tool named "nope"')
    for (const hidden of [ZERO_WIDTH, OVERRIDE, ESC]) expect(JSON.stringify(events)).not.toContain(hidden)
  })

  it('leave the error that a toolbox throws', async () => {
    const thrown = () => Promise.reject(new Error(`${ESC}[31mbad ${HIDDEN_TOKEN}${OVERRIDE}`))
    const { results } = await ask('x', {
      model: scriptedModel(callTools(['pods_list', {}]), say('ok')),
      toolbox: scriptedToolbox({ pods_list: thrown }),
    })
    expect(results[0]).toMatchObject({ status: 'error', forModel: 'bad <redacted>' })
  })

  it('leave the words of an outcome that is not known, and of a lost link', () => {
    const [text] = unknownOutcome(
      serverTool('kubectl_scale'),
      { name: `w${OVERRIDE}eb` },
      quotedWords(`lost ${HIDDEN_TOKEN}`),
    ).texts
    expect(text).toContain('lost <redacted>')
    expect(text).toContain('web')
    expect(wordsOf(new Error(`lost ${HIDDEN_TOKEN}${ESC}[0m`))).toBe('lost <redacted>')
  })
})

describe('a value that the product hides (model-33)', () => {
  it('reaches the model as such, and the instructions say that it may be right', async () => {
    const model = scriptedModel(
      callTools(['pods_log', { name: 'web' }]),
      say('It is set; its value is hidden from me.'),
    )
    const toolbox = scriptedToolbox({ pods_log: 'DB_PASSWORD=hunter2' })
    await ask('Is the database password set correctly?', { model, toolbox })
    const sent = model.requests[1]?.messages ?? []
    expect(sent.at(-1)?.content).toContain('DB_PASSWORD=<redacted>')
    expect(JSON.stringify(sent)).not.toContain('hunter2')
    expect(sent[0]?.content).toContain('never call it a placeholder')
  })
})

describe('cleanText and cleanValue', () => {
  it('take hidden characters out before they look for credentials', () => {
    expect(cleanText(`pass${ZERO_WIDTH}word=abc`)).toBe('password=<redacted>')
    expect(cleanValue({ [`pass${ZERO_WIDTH}word`]: 'abc', list: [HIDDEN_TOKEN], count: 3 })).toEqual({
      password: '<redacted>',
      list: ['<redacted>'],
      count: 3,
    })
  })
})
