import { describe, expect, it } from 'vitest'
import { createBlockParser } from '../../../../utils/markdown/markdownBlocks'
import { linkNames } from '../../../../utils/object/linkNames'
import { indexObjects } from '../../../../utils/object/objectIndex'
import type { ResultPart } from '../../../../shared/result'

const table = (kind: string, group: string, ...names: string[]): ResultPart => ({
  kind: 'table',
  columns: ['NAMESPACE', 'NAME', 'NODE'],
  rows: names.map((name) => ['shop', name, 'worker-1']),
  resource: { kind, group, version: 'v1', plural: `${kind.toLowerCase()}s`, namespaced: true },
})

const index = indexObjects([
  {
    id: 'a',
    role: 'assistant',
    parts: [
      table('Pod', '', 'cart-694b-5blkf'),
      table('Service', '', 'cart', 'web'),
      table('Deployment', 'apps', 'cart'),
    ].map((result, at) => ({ type: 'data-result' as const, data: { toolCallId: String(at), result } })),
  },
])

/** The keys of the buttons in the rendered text. */
function linked(markdown: string): string[] {
  const html = createBlockParser()(markdown)
    .map((block) => (block.kind === 'html' ? linkNames(block.html, index) : ''))
    .join('')
  return [...html.matchAll(/data-object="([^"]*)">([^<]*)</g)].map(([, key = '']) => key)
}

describe('linkNames', () => {
  it('links a name that is no word, also in code and at the end of a sentence', () => {
    const pod = 'pod|shop|cart-694b-5blkf'
    expect(linked('It is cart-694b-5blkf.')).toEqual([pod])
    expect(linked('It is `cart-694b-5blkf`, on **worker-1**')).toEqual([pod, 'node||worker-1'])
    expect(linked('See shop/cart-694b-5blkf')).toEqual([pod])
  })

  it('links a word only if it is marked, or follows its kind', () => {
    expect(linked('The cart is slow on the web.')).toEqual([])
    expect(linked('Its `cart` is slow.')).toEqual(['deployment|shop|cart'])
    expect(linked('The Service cart, or service/web')).toEqual(['service|shop|cart', 'service|shop|web'])
    expect(linked('Service `cart` and Deployment **cart**')).toEqual(['service|shop|cart', 'deployment|shop|cart'])
  })

  it('links nothing that no result contains, in a link, or in a longer name', () => {
    expect(linked('payments-1 and cart-694b-5blkf-2')).toEqual([])
    expect(linked('https://example.com/cart-694b-5blkf')).toEqual([])
    expect(linked('cart-694b-5blkf@example and a&cart-694b-5blkf')).toHaveLength(0)
  })

  it('changes nothing but the names', () => {
    const [block] = createBlockParser()('a <b> & "cart-694b-5blkf" `x`')
    const html = block?.kind === 'html' ? block.html : undefined
    expect(html && linkNames(html, index).replace(/<\/?button[^>]*>/g, '')).toBe(html)
  })
})
