/** What the pictures of the documentation show, each from a new conversation. */
import type { Page } from '@playwright/test'
import { answered, ask } from '../support/e2e/fixtures'
import { answer } from '../support/ollama'
import type { ReplayServer } from '../support/ollama'

export interface Scene {
  /** Of the file, without its ending. */
  name: string
  width: number
  height: number
  colorScheme?: 'light' | 'dark'
  locale?: string
  prepare: (page: Page, replay: ReplayServer) => Promise<void>
}

const WHY = 'Why is shop slow?'
const WORDS =
  'The pods of **cart** crash: they look for the host `cart-redis`, but no Service has this name. ' +
  'The Service **cart** has no endpoints either, since its selector matches no pod, so **web** waits for it and answers slowly.'
const WORDS_VI =
  'Các pod của **cart** bị lỗi liên tục: chúng tìm host `cart-redis`, nhưng không có Service nào tên như vậy. ' +
  'Service **cart** cũng không có endpoint vì selector không khớp pod nào, nên **web** phải chờ và trả lời chậm.'

function enqueueAnswer(replay: ReplayServer, words: string): void {
  replay.enqueue(
    answer
      .toolCall('kubectl_get', { resource: 'deployments', namespace: 'shop' })
      .toolCall('kubectl_get', { resource: 'services', namespace: 'shop' })
      .toolCall('kubectl_get', { resource: 'pods', namespace: 'shop' }),
    answer.text(words),
  )
}

async function askWhy(page: Page, replay: ReplayServer): Promise<void> {
  enqueueAnswer(replay, WORDS)
  await ask(page, WHY)
  await answered(page)
}

const wide = { width: 1400, height: 900 }
const dock = { width: 420, height: 860 }

export const SCENES: readonly Scene[] = [
  { name: 'start', ...wide, prepare: (page) => page.getByTestId('start-finding').first().waitFor() },
  { name: 'answer', ...wide, prepare: askWhy },
  { name: 'dark', ...wide, colorScheme: 'dark', prepare: askWhy },
  {
    name: 'object',
    ...wide,
    prepare: async (page, replay) => {
      await askWhy(page, replay)
      await page.getByTestId('result-table').getByTestId('object-name').first().click()
      await page.getByTestId('object-panel').waitFor()
    },
  },
  {
    name: 'approval',
    ...wide,
    prepare: async (page, replay) => {
      replay.enqueue(answer.toolCall('kubectl_scale', { namespace: 'shop', name: 'web', replicas: 5 }))
      await ask(page, 'Scale web in shop to 5')
      await page.getByTestId('approval-card').waitFor()
    },
  },
  { name: 'dock', ...dock, prepare: askWhy },
  {
    name: 'vietnamese',
    ...wide,
    locale: 'vi-VN',
    prepare: async (page, replay) => {
      enqueueAnswer(replay, WORDS_VI)
      await page.locator('textarea').fill('Vì sao shop chậm?')
      await page.locator('textarea').press('Enter')
      await answered(page)
    },
  },
]
