import { describe, expect, it } from 'vitest'
import { loadUiTexts, textAt } from '../../../../i18n'
import type { LocaleCode } from '#shared/locales'
import { fillText } from '../../../../shared/messages/format'
import type { Coverage } from '../../../../shared/result'
import type { Text } from '../../../../composables/ui/useText'
import { coverageLine, notesBelow } from '../../../../utils/result/coverageText'
import { logFileName, logHeading } from '../../../../utils/result/log/logHeading'

async function speaking(locale: LocaleCode) {
  const texts = await loadUiTexts(locale)
  const t: Text = (key, values = {}, count) => fillText(textAt(texts, key) ?? '', { n: count ?? '', ...values }, count)
  return { t }
}
const en = await speaking('en')
const vietnamese = await speaking('vi')

const seen: Coverage = { scope: 'cluster', shown: 3, complete: true, notes: [] }
const lineOf = (coverage: Partial<Coverage>, { t } = en) => coverageLine(t, 'en', { ...seen, ...coverage })

describe('the line above a result', () => {
  it('says that all was read', () => {
    expect(lineOf({})).toEqual(['all of the cluster'])
  })

  it('says that other namespaces are not visible, and gives no total', () => {
    const hidden: Partial<Coverage> = { scope: 'namespaces', namespaces: ['shop'], complete: false }
    expect(lineOf(hidden)).toEqual(['only namespace shop; other namespaces are not visible to you'])
    expect(lineOf(hidden, vietnamese)).toEqual(['chỉ namespace shop; bạn không xem được các namespace khác'])
  })

  it('counts the namespaces that could not be read', () => {
    const unreadNamespaces = Array.from({ length: 38 }, (_, at) => `other-${at}`)
    expect(lineOf({ scope: 'namespaces', namespaces: ['a', 'b', 'c'], unreadNamespaces, complete: false })).toEqual([
      '3 of 41 namespaces: a, b, c',
    ])
  })

  it('says of a namespace that was asked for only which it is', () => {
    expect(lineOf({ scope: 'namespaces', namespaces: ['shop'] })).toEqual(['namespace shop'])
  })

  it('says that not all was read', () => {
    expect(lineOf({ shown: 200, total: 5060 })).toEqual(['all of the cluster', '200 of 5,060'])
    expect(lineOf({ complete: false })).toEqual(['not complete'])
    expect(lineOf({ scope: 'object' })).toEqual([])
  })

  it('leaves the notes below it, but for what it says itself', () => {
    const note = (code: string) => ({ code, params: {}, text: code })
    const notes = [note('namespaces-hidden'), note('changed-while-reading')]
    expect(notesBelow({ ...seen, notes }).map(({ code }) => code)).toEqual(['changed-while-reading'])
    expect(notesBelow(undefined)).toEqual([])
  })
})

describe('the heading of a log', () => {
  const log = { kind: 'log' as const, text: '', namespace: 'shop', pod: 'cart-6d5', container: 'app' }

  it('names pod, container, run and state', () => {
    expect(logHeading({ ...log, previous: true, state: 'CrashLoopBackOff' }, en.t)).toBe(
      'shop/cart-6d5 · app · previous run · CrashLoopBackOff',
    )
  })

  it('of another MCP server is what that tells', () => {
    expect(logHeading({ kind: 'log', text: '', source: 'shop/cart' }, en.t)).toBe('shop/cart')
  })

  it('becomes the name of a file', () => {
    expect(logFileName({ ...log, previous: true })).toBe('shop-cart-6d5-app-previous.log')
    expect(logFileName({ kind: 'log', text: '' })).toBe('log.log')
  })
})
