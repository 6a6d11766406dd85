import { describe, expect, it } from 'vitest'
import { foldInPlace, foldText } from '../../../../utils/browser/fold'
import { searchConversations, type Searchable } from '../../../../utils/conversation/conversationSearch'

function conversation(id: string, title: string, words = ''): Searchable {
  return { id, title, words: foldInPlace(words) }
}

const found = (query: string, list: Searchable[], most = 50) => searchConversations(query, list, most)

describe('foldText', () => {
  it.each([
    ['Lỗi', 'loi'],
    ['ĐƯỜNG', 'duong'],
    ['café', 'cafe'],
  ])('folds %s to %s', (text, folded) => expect(foldText(text)).toBe(folded))

  it('keeps the places of letters', () => {
    const { text, folded } = foldInPlace('một\nlỗi ở đây')
    expect(folded).toBe('mot loi o day')
    expect(text.indexOf('đây')).toBe(folded.indexOf('day'))
  })
})

describe('searchConversations', () => {
  it('finds a word with diacritics in an answer by its plain letters, with the words around it', () => {
    const list = [conversation('one', 'Pods'), conversation('two', 'Nodes', 'Pod cart gặp lỗi khi khởi động')]
    expect(found('loi', list)).toEqual([{ id: 'two', title: 'Nodes', snippet: 'Pod cart gặp lỗi khi khởi động' }])
  })

  it('lists hits in titles first, and needs every word', () => {
    const list = [
      conversation('one', 'Nodes', 'cart pods'),
      conversation('two', 'Cart pods'),
      conversation('three', 'Cart'),
    ]
    expect(found('pods cart', list).map(({ id }) => id)).toEqual(['two', 'one'])
  })

  it('cuts the words around a hit', () => {
    const [hit] = found('needle', [conversation('one', 'x', `${'before '.repeat(50)}needle${' after'.repeat(50)}`)])
    expect(hit?.snippet).toMatch(/^….*needle.*…$/)
    expect(hit?.snippet?.length).toBeLessThan(110)
  })

  it('returns no more than asked for', () => {
    const list = Array.from({ length: 600 }, (_, at) => conversation(String(at), `Pods ${at}`, 'pods'))
    expect(found('pods', list, 16)).toHaveLength(16)
    expect(found('', list, 16)).toHaveLength(16)
  })
})
