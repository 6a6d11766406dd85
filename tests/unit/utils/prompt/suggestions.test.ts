import { describe, expect, it } from 'vitest'
import type { Runbook } from '../../../../shared/commands/runbook'
import type { ResourceReference } from '../../../../shared/embed'
import { promptTokenAt } from '../../../../utils/prompt/promptToken'
import { kindsFor, suggestionsFor } from '../../../../utils/prompt/suggestions'

const shop: ResourceReference = { apiVersion: 'v1', kind: 'Namespace', name: 'shop' }
const cart: ResourceReference = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'cart' }
const pod: ResourceReference = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'cart-6d5' }
const checkout: ResourceReference = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'old-cart' }

function suggest(text: string, objects: ResourceReference[] = [], caret = text.length) {
  const token = promptTokenAt(text, caret)
  return token ? suggestionsFor(token, objects) : []
}

describe('promptTokenAt', () => {
  it.each([
    ['/po', 'command'],
    ['/pods sh', 'argument'],
    ['/pods -n sh', 'namespace'],
    ['why is @car', 'mention'],
  ])('finds what is typed in %s', (text, type) => {
    expect(promptTokenAt(text, text.length)?.type).toBe(type)
  })

  it.each(['why', 'mail me@example.com', '/pods shop more', '/nodes x', '/pods -p', 'two\n/po'])(
    'finds nothing to complete in %s',
    (text) => expect(promptTokenAt(text, text.length)).toBeUndefined(),
  )

  it('completes the word before the caret', () => {
    expect(promptTokenAt('@car is slow', 4)).toMatchObject({ start: 0, end: 4, typed: 'car' })
  })
})

describe('suggestionsFor', () => {
  it('completes the name of a command', () => {
    expect(suggest('/di').map(({ insert }) => insert)).toEqual(['/diagnose '])
    expect(suggest('/').length).toBeGreaterThan(5)
  })

  it('completes an object with its kind and namespace as the argument of a command', () => {
    expect(suggest('/logs car', [cart])).toMatchObject([{ label: 'cart', insert: 'deployment/cart -n shop ' }])
    expect(suggest('/pods sh', [shop])).toMatchObject([{ insert: 'shop ' }])
  })

  it('completes a mention with the name, and hands over the object', () => {
    expect(suggest('why is @car', [cart])).toMatchObject([{ insert: 'cart ', reference: cart }])
  })

  it('prefers names that begin with the typed letters', () => {
    expect(suggest('@car', [checkout, cart, pod]).map(({ label }) => label)).toEqual(['cart', 'cart-6d5', 'old-cart'])
  })

  it('does not suggest what is written already', () => {
    expect(suggest('/pods shop', [shop])).toEqual([])
    expect(suggest('/pods')).toEqual([])
  })

  it('reads only the kinds that can complete', () => {
    const kinds = (text: string) => {
      const token = promptTokenAt(text, text.length)
      return token ? kindsFor(token) : []
    }
    expect(kinds('/po')).toEqual([])
    expect(kinds('/pods s')).toEqual(['namespaces'])
    expect(kinds('@')).toContain('pods')
  })
})

describe('saved prompts', () => {
  it('come before the commands, and replace what was typed', () => {
    const token = promptTokenAt('/', 1)
    const found = token ? suggestionsFor(token, [], ['Which pods restart?']) : []
    expect(found[0]).toMatchObject({ label: 'Which pods restart?', insert: 'Which pods restart?' })
    expect(found[1]?.command).toBeDefined()
  })
})

describe('runbooks', () => {
  const runbook: Runbook = {
    name: 'cart-down',
    title: { en: 'Cart does not answer', vi: 'Giỏ hàng lỗi' },
    arguments: ['namespace', 'pod'],
    steps: ['/pods {namespace}'],
  }
  const at = (text: string) => promptTokenAt(text, text.length, [runbook])
  const found = (text: string) => {
    const token = at(text)
    return token ? suggestionsFor(token, [shop], ['Which pods restart?'], [runbook]) : []
  }

  it('come after the saved prompts and before the commands, with their arguments', () => {
    expect(
      found('/')
        .map(({ label }) => label)
        .slice(0, 3),
    ).toEqual(['Which pods restart?', '/cart-down', '/diagnose'])
    expect(found('/')[1]).toMatchObject({ detail: 'namespace pod', insert: '/cart-down ', runbook })
  })

  it.each(['/ca', '/answer', '/gio'])('are found by name and title: %s', (text) => {
    expect(found(text)[0]?.label).toBe('/cart-down')
  })

  it('complete a namespace where they take one', () => {
    expect(found('/cart-down sh')).toMatchObject([{ insert: 'shop ' }])
    expect(at('/cart-down shop x')).toBeUndefined()
  })
})
