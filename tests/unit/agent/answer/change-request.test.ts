import { describe, expect, it } from 'vitest'
import { asksForChange } from '../../../../server/agent/answer/change-request'

describe('asksForChange', () => {
  it.each(['scale web to 5', 'Please restart cart', 'xóa namespace payments', 'hãy tăng web lên 5'])(
    'sees a request in %s',
    (question) => {
      expect(asksForChange(question)).toBe(true)
    },
  )

  it.each([
    'Why did cart restart?',
    'Vì sao web khởi động lại',
    'Đã xóa pod nào chưa?',
    'Explain what is wrong with Pod shop/cart-1.\n\nThe diagnosis found:\n  → Change the selector.',
    'Hãy giải thích Pod shop/cart-1 bị lỗi gì.\n\nKết quả chẩn đoán:\n  → Đổi selector.',
    'Describe what an update would do',
  ])('sees none in %j', (question) => {
    expect(asksForChange(question)).toBe(false)
  })
})
