import { describe, expect, it } from 'vitest'
import { isSameObject, turnContext } from '../../../../utils/scope/turnContext'

const pod = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1' }
const shown = { cluster: 'local', namespaces: ['shop'], resources: [{ ...pod, name: 'cart' }] }

describe('the context of a question', () => {
  it('is empty if nothing is shown, attached or chosen', () => {
    expect(turnContext(undefined, [], undefined)).toEqual({})
  })

  it('has what the host shows, and the chosen namespace beside it', () => {
    expect(turnContext(shown, [], 'payments')).toEqual({ context: shown, namespace: 'payments' })
  })

  it('has attached objects in place of those of the host', () => {
    expect(turnContext(shown, [pod], undefined)).toEqual({ context: { ...shown, resources: [pod] } })
    expect(turnContext(undefined, [pod], undefined)).toEqual({ context: { namespaces: [], resources: [pod] } })
  })

  it('leaves out objects with invalid names, and those above the limit of the API', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ ...pod, name: `web-${index}` }))
    expect(turnContext(undefined, [{ ...pod, name: 'a b' }, ...many], undefined).context?.resources).toEqual(
      many.slice(0, 20),
    )
  })
})

it('two references are the same object only if all of them agrees', () => {
  expect(isSameObject(pod, { ...pod })).toBe(true)
  for (const other of [{ kind: 'Job' }, { apiVersion: 'v2' }, { namespace: 'x' }, { name: 'x' }])
    expect(isSameObject(pod, { ...pod, ...other })).toBe(false)
})
