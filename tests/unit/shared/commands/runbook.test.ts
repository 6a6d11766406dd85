import { describe, expect, it } from 'vitest'
import { readRunbook, runbookUsage, type Runbook } from '../../../../shared/commands/runbook'
import { commandCall } from '../../../../shared/commands/read-command'

const runbook: Runbook = {
  name: 'cart-down',
  title: { en: 'Cart does not answer' },
  arguments: ['namespace', 'app'],
  steps: ['/events -n {namespace}', '/logs {app} -n {namespace} --since 1h'],
  ask: 'Why is {app} in {namespace} down? {other}',
}
const read = (text: string, chosen?: string) => readRunbook(text, [runbook], chosen)

describe('readRunbook', () => {
  it('puts the values into steps and question', () => {
    const found = read('/cart-down shop deployment/cart')
    if (!found || 'problem' in found) throw new Error('not read')
    expect(found.steps.map((step) => commandCall(step, new Set(), undefined))).toEqual([
      { tool: 'kubectl_events', arguments: { namespace: 'shop' } },
      {
        tool: 'kubectl_logs',
        arguments: { resource: 'deployment', name: 'cart', namespace: 'shop', since: '1h' },
      },
    ])
    expect(found.ask).toBe('Why is deployment/cart in shop down? {other}')
  })

  it('takes the namespace of the page if it alone is left out', () => {
    const found = read('/cart-down web', 'shop')
    expect(found).toMatchObject({ ask: expect.stringContaining('Why is web in shop down?') })
    expect(read('/cart-down', 'shop')).toMatchObject({ problem: 'missing' })
    expect(read('/cart-down shop web', 'other')).toMatchObject({ ask: expect.stringContaining('in shop') })
  })

  it.each([
    ['/cart-down shop', 'missing'],
    ['/cart-down shop web x', 'extra'],
    ['/cart-down shop -A', 'value'],
    ['/cart-down --all-namespaces web', 'value'],
    ['/cart-down shop a=b', 'value'],
    ['/cart-down shop {namespace}', 'value'],
    ['/cart-down shop $(id)', 'value'],
    ['/cart-down shop <img>', 'value'],
    [`/cart-down shop ${'a'.repeat(254)}`, 'value'],
  ])('refuses %s', (text, problem) => {
    expect(read(text)).toMatchObject({ problem })
  })

  it.each(['/cart-downs shop web', '/pods', 'cart-down shop web', '/cart-down shop\nweb'])(
    'does not read %j',
    (text) => {
      expect(read(text)).toBeUndefined()
    },
  )

  it('names its arguments', () => {
    expect(runbookUsage(runbook)).toBe('/cart-down namespace app')
  })
})
