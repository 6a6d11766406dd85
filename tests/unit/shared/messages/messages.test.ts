import { describe, expect, it } from 'vitest'
import { both, detailOf, msg, quotedWords } from '../../../../shared/messages/create'
import { LocalizedError } from '../../../../shared/messages/error'
import { fillText } from '../../../../shared/messages/format'
import { messageSchema } from '../../../../shared/messages/message'
import { renderMessage } from '../../../../shared/messages/render'

describe('a text of the catalogue', () => {
  it('is filled with its parameters, and keeps signs in quotes', () => {
    expect(fillText("{name} of {'{x}'} {'@'} {name}", { name: 'web' })).toBe('web of {x} @ web')
  })

  it.each([
    [0, 'no pods'],
    [1, '1 pod'],
    [7, '7 pods'],
  ])('has plural forms: %i', (n, text) => {
    expect(fillText('no pods | {n} pod | {n} pods', { n })).toBe(text)
  })

  it.each([
    [0, '0 pods'],
    [1, '1 pod'],
    [2, '2 pods'],
  ])('has plural forms without one for none: %i', (n, text) => {
    expect(fillText('{n} pod | {n} pods', { n })).toBe(text)
  })

  it('leaves braces within a value alone', () => {
    expect(fillText('{a} {b}', { a: '{b}', b: 'x' })).toBe('{b} x')
  })
})

describe('a message', () => {
  const texts = { 'call-not-run': 'Không chạy: {reason}', 'mcp-silent': 'máy chủ không phản hồi' }
  const refused = msg('call-not-run', { reason: msg('mcp-silent') })

  it('carries its English text', () => {
    expect(refused.text).toBe('Not run: the MCP server answers nothing any more')
  })

  it('is rendered in another language with all of its parameters', () => {
    expect(renderMessage(refused, refused.text, texts)).toBe('Không chạy: máy chủ không phản hồi')
  })

  it('keeps in English what the language does not have', () => {
    expect(renderMessage(refused, refused.text, { 'call-not-run': 'Không chạy: {reason}' })).toBe(
      'Không chạy: the MCP server answers nothing any more',
    )
    expect(renderMessage({ code: 'constructor', params: {} }, 'English.', texts)).toBe('English.')
    expect(renderMessage({ code: 'call-not-run', params: {} }, 'English.', texts)).toBe('English.')
    expect(renderMessage(refused, 'English.', undefined)).toBe('English.')
  })

  it('survives a way over the wire', () => {
    expect(messageSchema.parse(JSON.parse(JSON.stringify(refused)))).toEqual(refused)
  })

  it('of two sentences is their sequence', () => {
    expect(both(quotedWords('One.'), quotedWords('Two.')).text).toBe('One. Two.')
    expect(both(quotedWords('One.'), undefined)).toEqual(quotedWords('One.'))
  })

  it('is what an error of ours says, and quotes the words of others', () => {
    expect(detailOf(new LocalizedError(refused))).toBe(refused)
    expect(detailOf(new TypeError('fetch failed'))).toEqual(quotedWords('fetch failed'))
  })

  it('takes the parameters of its code alone', () => {
    // @ts-expect-error a misspelt parameter
    expect(msg('call-not-run', { raeson: 'x' }).text).toBe('Not run: {reason}')
    // @ts-expect-error a missing parameter
    expect(msg('call-not-run').text).toBe('Not run: {reason}')
    // @ts-expect-error a code that does not exist
    expect(() => msg('call-not-rum', { reason: 'x' })).toThrow(TypeError)
  })
})
