/** What stays so in a conversation of many turns: the end and the verdict in sight, few elements, little memory. */
import type { CDPSession, Page } from '@playwright/test'
import { answer } from '../../support/ollama'
import { answered, appears, ask, expect, test } from '../../support/e2e/fixtures'
import { CALLS, PODS, WORDS } from '../../support/e2e/calls'

test('the end of the answer is in sight on a slow client, in each of fifty turns', async ({ page, scripted }) => {
  test.setTimeout(300_000)
  await page.setViewportSize({ width: 1280, height: 720 })
  const client = await page.context().newCDPSession(page)
  await client.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  const { url, replay } = scripted
  await page.goto(url)
  for (let turn = 0; turn < 50; turn++) {
    const [tool, args] = CALLS[turn % 3] ?? PODS
    const lines = 'Line of the answer.\n\n'.repeat(turn % 13)
    replay.enqueue(answer.toolCall(tool, args), answer.text(`${lines}End of ${turn}.`))
    await ask(page, `Question ${turn}?`)
    const end = page.getByText(`End of ${turn}.`, { exact: true })
    await appears(end)
    await expect(end).toBeInViewport({ ratio: 1 })
    await answered(page)
    await expect(page.getByTestId('result-table').last()).toBeAttached()
    await expect(page.locator('[data-answer-end]').last()).toBeInViewport()
  }
})

test('the verdict of an answer with several calls is in sight in twenty of twenty turns', async ({
  page,
  scripted,
}) => {
  test.setTimeout(180_000)
  await page.setViewportSize({ width: 1280, height: 720 })
  const { url, replay } = scripted
  await page.goto(url)
  for (let turn = 0; turn < 20; turn++) {
    const calls = [...CALLS.slice(turn % 4), PODS]
    replay.enqueue(...calls.map(([tool, args]) => answer.toolCall(tool, args)), answer.text(`${WORDS} ${turn}.`))
    await ask(page, `What is wrong now, ${turn}?`)
    await answered(page)
    const last = page.getByTestId('message-assistant').last()
    await expect(last.getByTestId('verdict-line').first()).toBeInViewport({ ratio: 1 })
    await expect(last.getByText(`${WORDS} ${turn}.`)).toBeInViewport({ ratio: 1 })
  }
})

/** Bytes of the page's heap that are in use after garbage collection. */
async function heap(client: CDPSession): Promise<number> {
  await client.send('HeapProfiler.collectGarbage')
  return (await client.send('Runtime.getHeapUsage')).usedSize
}

const elements = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length)

test('fifty turns cost at most 6,000 elements and twice the memory of ten, also after a reload', async ({
  page,
  scripted,
}) => {
  test.setTimeout(300_000)
  const { url, replay } = scripted
  const client = await page.context().newCDPSession(page)
  await page.goto(url)
  let atTen = 0
  for (let turn = 0; turn < 50; turn++) {
    replay.enqueue(answer.toolCall(...PODS), answer.text(`Answer ${turn}.`))
    await ask(page, `Question ${turn}?`)
    await appears(page.getByText(`Answer ${turn}.`, { exact: true }))
    await answered(page)
    if (turn === 0) await page.getByRole('searchbox', { name: 'Filter rows' }).pressSequentially('cart')
    if (turn === 9) atTen = await heap(client)
  }
  // What the person has touched stays open; what nobody has is folded.
  await expect(page.getByTestId('message-assistant').first().getByRole('searchbox')).toHaveValue('cart')
  await expect(page.getByTestId('message-assistant').nth(1).getByTestId('result-table')).toHaveCount(0)
  expect(await elements(page)).toBeLessThanOrEqual(6000)
  expect((await heap(client)) / atTen).toBeLessThanOrEqual(2)
  await page.reload()
  await expect(page.getByText('Answer 49.')).toBeVisible()
  await expect(page.getByTestId('result-table').last()).toBeVisible()
  expect(await elements(page)).toBeLessThanOrEqual(6000)
})
