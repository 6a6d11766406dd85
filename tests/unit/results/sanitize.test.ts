import { describe, expect, it } from 'vitest'
import { sanitizeText } from '../../../server/results/sanitize'
import { presentText, tableOf, textOf } from './load-fixture'

const hidden = (code: number): string => String.fromCodePoint(code)
const ESC = hidden(0x1b)

describe('sanitizeText', () => {
  it.each([
    ['colours', `${ESC}[1;31mERROR${ESC}[0m`, 'ERROR'],
    ['a cursor move', `a${ESC}[2Jb${ESC}[10;20Hc`, 'abc'],
    ['a one-byte CSI', `${hidden(0x9b)}31mred`, 'red'],
    ['a window title', `${ESC}]0;owned${hidden(7)}text`, 'text'],
    ['a link', `${ESC}]8;;https://evil.example${ESC}\\click${ESC}]8;;${ESC}\\`, 'click'],
    ['an ESC without a sequence', `a${ESC}`, 'a'],
    ['control characters', `a${hidden(0)}b${hidden(8)}c${hidden(0x7f)}d`, 'abcd'],
    ['bidi overrides', `${hidden(0x202e)}abc${hidden(0x202c)}${hidden(0x2066)}d${hidden(0x2069)}`, 'abcd'],
    ['zero-width characters', `pass${hidden(0x200b)}word${hidden(0xfeff)}${hidden(0x2060)}`, 'password'],
    ['the tag alphabet', `hi${[...'run'].map((letter) => hidden(0xe0000 + letter.charCodeAt(0))).join('')}`, 'hi'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
    ['line breaks of other systems', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
  ])('removes %s', (_, text, expected) => {
    expect(sanitizeText(text)).toBe(expected)
  })

  it('keeps tabs, line feeds, and the letters of the world', () => {
    const text = 'a\tb\nüñî 日本語 🚀 العربية'
    expect(sanitizeText(text)).toBe(text)
  })
})

describe('joiners', () => {
  it.each([
    ['a Persian word', 'می\u200cخواهم'],
    ['a Hindi word', 'क्\u200dष'],
    ['a Sinhala word', 'ශ්\u200dරී'],
    ['a family', '👨\u200d👩\u200d👧'],
    ['a person with a skin tone', '👩🏽\u200d💻'],
    ['a flag', '🏳\ufe0f\u200d🌈'],
    ['a heart', '❤\ufe0f'],
    ['a keycap', '1\ufe0f\u20e3'],
  ])('are kept in %s', (_, text) => {
    expect(sanitizeText(text)).toBe(text)
  })

  it.each([
    ['between Latin letters', 'pass\u200cword', 'password'],
    ['between digits', '1\u200d2', '12'],
    ['at the end', 'می\u200c', 'می'],
    ['between a letter and an emoji', 'a\u200d👩', 'a👩'],
    ['twice', 'می\u200c\u200cخواهم', 'میخواهم'],
    ['as a selector after a letter', 'a\ufe0fb', 'ab'],
    ['as a selector after a digit', '1\ufe0f2', '12'],
    ['between Cyrillic letters', 'па\u200dроль', 'пароль'],
  ])('are removed %s', (_, text, expected) => {
    expect(sanitizeText(text)).toBe(expected)
  })
})

describe('presentResult on hostile text', () => {
  it('cleans both channels of a log', () => {
    const result = presentText('pods_log', `${ESC}[31mERROR${ESC}[0m ${hidden(0x202e)}txt${hidden(0x200b)}`)
    expect(textOf(result)).toBe('ERROR txt')
    expect(result.forModel).toBe('ERROR txt')
  })

  it('cleans cells after the columns were found, so that these do not move', () => {
    const name = `a${hidden(0x200b)}b`
    const result = presentText('resources_list', `NAME     STATUS   AGE\n${name}      Ready    5d\n`)
    expect(tableOf(result).rows).toEqual([['ab', 'Ready', '5d']])
  })

  it('finds a secret that an invisible character was to hide', () => {
    const token = `eyJhbGciOiJIUzI1NiJ9${hidden(0x200b)}.eyJzdWIiOiJhZG1pbiJ9.c2lnbmF0dXJl`
    expect(presentText('pods_log', `got ${token}`).forModel).toBe('got <redacted>')
  })
})
