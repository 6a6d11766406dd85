import { describe, expect, it } from 'vitest'
import { matchesLabels, matchesSelector, selectorText } from '../../../../shared/kubernetes/selectors'

const expression = (operator: string, values?: string[]) => ({
  matchExpressions: [{ key: 'tier', operator, ...(values && { values }) }],
})

describe('a LabelSelector', () => {
  it.each([
    ['nothing', undefined, {}, false],
    ['all', {}, { app: 'web' }, true],
    ['equal labels', { matchLabels: { app: 'web' } }, { app: 'web', tier: 'front' }, true],
    ['no other value', { matchLabels: { app: 'web' } }, { app: 'cart' }, false],
    ['In', expression('In', ['front', 'back']), { tier: 'back' }, true],
    ['In without the label', expression('In', ['front']), {}, false],
    ['NotIn without the label', expression('NotIn', ['front']), {}, true],
    ['NotIn', expression('NotIn', ['front']), { tier: 'front' }, false],
    ['Exists', expression('Exists'), { tier: '' }, true],
    ['DoesNotExist', expression('DoesNotExist'), { tier: '' }, false],
    ['an unknown operator', expression('Near'), { tier: '' }, false],
  ])('matches %s', (_what, selector, labels, expected) => {
    expect(matchesSelector(selector, labels)).toBe(expected)
  })

  it.each([
    [undefined, undefined],
    [{}, undefined],
    [{ matchLabels: { app: 'web', tier: 'front' } }, 'app=web,tier=front'],
    [expression('In', ['a', 'b']), 'tier in (a,b)'],
    [expression('NotIn', ['a']), 'tier notin (a)'],
    [expression('Exists'), 'tier'],
    [expression('DoesNotExist'), '!tier'],
  ])('%j is the query %s', (selector, expected) => {
    expect(selectorText(selector)).toBe(expected)
  })
})

describe('a map of labels', () => {
  it('matches if all are equal, and nothing if it is empty', () => {
    expect(matchesLabels({ app: 'web' }, { app: 'web', tier: 'front' })).toBe(true)
    expect(matchesLabels({ app: 'web' }, { tier: 'front' })).toBe(false)
    expect(matchesLabels({}, { app: 'web' })).toBe(false)
  })
})
