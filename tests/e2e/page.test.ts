/** What a person on call needs of the page: the answer in sight, tables that fit, controls that are found. */
import type { Page } from '@playwright/test'
import { answer, createGate } from '../support/ollama'
import { answered, ask, expect, lookAtApprovals, prompt, test } from '../support/e2e/fixtures'
import type { Scripted } from '../support/e2e/fixtures'
import { CALLS, PODS, WORDS } from '../support/e2e/calls'
import type { Call } from '../support/e2e/calls'
import { shapelessButtons } from '../support/e2e/shape'

async function show(page: Page, { url, replay }: Scripted, calls: Call[], text = WORDS): Promise<void> {
  replay.enqueue(...calls.map(([tool, args]) => answer.toolCall(tool, args)), answer.text(text))
  await page.goto(url)
  await ask(page, 'What is wrong?')
  await answered(page)
}

const card = (page: Page) => page.getByTestId('approval-card')

for (const width of [1400, 420])
  test(`verdict and words of an answer with six calls are in sight without scrolling, ${width} px`, async ({
    page,
    scripted,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await show(page, scripted, CALLS)
    await expect(page.getByTestId('verdict-line').first()).toBeInViewport({ ratio: 1 })
    await expect(page.getByTestId('verdict-line').first()).toContainText(/\d+ of \d+ deployments needs? attention/)
    await expect(page.getByText(WORDS)).toBeInViewport({ ratio: 1 })
    // One read is shown, the others are in one line, and the refused namespace does not get a red box.
    await expect(page.getByTestId('tool-card')).toHaveCount(1)
    await expect(page.getByTestId('looked')).toContainText('1 failed')
    await page.getByTestId('looked-toggle').click()
    await expect(page.getByTestId('tool-card')).toHaveCount(CALLS.length)
  })

/** Kinds of the demo, with the columns that must be in sight at 420 px wherever the kind has them. */
const KINDS = [
  ...['pods', 'deployments', 'statefulsets', 'daemonsets', 'replicasets', 'jobs', 'cronjobs', 'nodes'],
  ...['persistentvolumeclaims', 'services', 'ingresses', 'events'],
]

test('at 420 px state and reason of each row are in sight without scrolling sideways', async ({ page, scripted }) => {
  test.setTimeout(120_000)
  await page.setViewportSize({ width: 420, height: 900 })
  for (const resource of KINDS) {
    await test.step(resource, async () => {
      await show(page, scripted, [['kubectl_get', { resource, allNamespaces: true }]])
      const cards = page.getByTestId('table-cards')
      await expect(cards).toBeVisible()
      const cut = await cards.evaluate((list) =>
        [...list.querySelectorAll('p, dd, dt')].flatMap((element) => {
          const { right } = element.getBoundingClientRect()
          const isCut =
            element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflow !== 'visible'
          return right > window.innerWidth || isCut ? [element.textContent] : []
        }),
      )
      expect(cut).toEqual([])
      if (resource === 'pods') {
        await expect(cards.locator('li').first().locator('[data-column="state"]')).toHaveText(/BackOff|Pending|Error/)
        await expect(cards.locator('li').first().locator('[data-column="text"]')).not.toBeEmpty()
      }
      if (resource === 'events') await expect(cards.locator('[data-column="state"]').first()).not.toBeEmpty()
    })
  }
})

test('the wheel over a table moves the thread, and the table itself after a click', async ({ page, scripted }) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  await show(page, scripted, [PODS])
  await ask(page, 'And now?')
  await answered(page)
  const scroller = page.locator('main')
  await scroller.evaluate((element) => element.scrollTo(0, 0))
  const table = page.getByTestId('result-table').getByRole('group')
  const before = await scroller.evaluate(({ scrollTop }) => scrollTop)
  await table.hover({ position: { x: 200, y: 100 } })
  await page.mouse.wheel(0, 300)
  await expect.poll(() => scroller.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(before + 100)
  await scroller.evaluate((element) => element.scrollTo(0, 0))
  // Beside the names, which open their objects.
  await table.click({ position: { x: 500, y: 100 } })
  await page.mouse.wheel(0, 300)
  await expect.poll(() => table.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(100)
})

test('an answer that the person has left is not followed, and one press returns to it', async ({ page, scripted }) => {
  await page.setViewportSize({ width: 1280, height: 600 })
  await show(page, scripted, [PODS])
  const gate = createGate()
  scripted.replay.enqueue(answer.text('First.\n\n'.repeat(40)).hold(gate).text('Last of it.'))
  await ask(page, 'Tell me more.')
  await expect(page.getByText('First.').last()).toBeInViewport()
  await page.mouse.move(600, 300)
  await page.mouse.wheel(0, -2000)
  await expect(page.getByTestId('to-end')).toBeVisible()
  gate.release()
  await answered(page)
  await expect(page.getByText('Last of it.')).not.toBeInViewport()
  await page.getByTestId('to-end').click()
  await expect(page.getByText('Last of it.')).toBeInViewport()
  await expect(page.getByTestId('to-end')).toHaveCount(0)
})

test('a question that is asked during an answer waits, can be edited, and is sent at its end', async ({
  page,
  scripted,
}) => {
  const { url, replay } = scripted
  const gate = createGate()
  replay.enqueue(answer.text('Hello. ').hold(gate).text('That was it.'))
  await page.goto(url)
  await ask(page, 'hello')
  await expect(page.getByText('Hello.')).toBeVisible()
  await ask(page, 'thanks')
  await expect(page.getByTestId('queued')).toContainText('thanks')
  await expect(prompt(page)).toHaveValue('')
  await page.getByTestId('queued-edit').click()
  await expect(prompt(page)).toHaveValue('thanks')
  await expect(prompt(page)).toBeFocused()
  await ask(page, 'thank you')
  replay.enqueue(answer.text('You are welcome.'))
  gate.release()
  await expect(page.getByText('You are welcome.')).toBeVisible()
  await expect(page.getByTestId('message-user').last()).toContainText('thank you')
  await expect(page.getByTestId('queued')).toHaveCount(0)
})

test('a question that waits is kept when the page is left', async ({ page, scripted: { url, replay } }) => {
  const gate = createGate()
  replay.enqueue(answer.text('Hello. ').hold(gate).text('That was it.'))
  await page.goto(url)
  await ask(page, 'hello')
  await expect(page.getByText('Hello.')).toBeVisible()
  await ask(page, 'thanks')
  await expect(page.getByTestId('queued')).toContainText('thanks')
  await page.getByTestId('new-conversation').click()
  await expect(page.getByTestId('empty')).toBeVisible()
  await page.getByTestId('conversation-item').first().click()
  await expect(prompt(page)).toHaveValue('thanks')
  await prompt(page).press('Enter')
  await expect(page.getByTestId('queued')).toContainText('thanks')
  await page.reload()
  await expect(prompt(page)).toHaveValue('thanks')
  gate.release()
  await expect(page.getByText('That was it.')).toBeVisible()
  await expect(page.getByTestId('message-user')).toHaveCount(1)
})

test('Ctrl+Enter stops the answer and asks at once', async ({ page, scripted }) => {
  const { url, replay } = scripted
  replay.enqueue(answer.text('Hello. ').hold(createGate()).text('Never.'))
  await page.goto(url)
  await ask(page, 'hello')
  await expect(page.getByText('Hello.')).toBeVisible()
  replay.enqueue(answer.text('Right away.'))
  await prompt(page).fill('something else')
  await prompt(page).press('Control+Enter')
  await expect(page.getByText('Right away.')).toBeVisible()
  await expect(page.getByTestId('ending').first()).toBeVisible()
})

test('an approval that waits is marked in the sidebar and in the title, also from elsewhere', async ({
  page,
  approving,
}) => {
  const { url, replay } = approving
  replay.enqueue(answer.toolCall('kubectl_scale', { namespace: 'shop', name: 'web', replicas: 11 }))
  await page.goto(url)
  await ask(page, 'scale web in shop to 11')
  await expect(card(page)).toBeVisible()
  await page.getByTestId('new-conversation').click()
  await expect(page.getByTestId('empty')).toBeVisible()
  await expect(page.getByTestId('conversation-waits')).toBeVisible()
  await expect(page).toHaveTitle(/✋/)
  await page.reload()
  await expect(page.getByTestId('conversation-waits')).toBeVisible()
  await page.getByTestId('conversation-item').getByRole('link').click()
  replay.enqueue(answer.text('Left as it is.'))
  await card(page).getByTestId('decline').click()
  await card(page).getByTestId('decline').click()
  await expect(page.getByText('Left as it is.')).toBeVisible()
  await expect(page.getByTestId('conversation-waits')).toHaveCount(0)
  await expect(page).not.toHaveTitle(/✋/)
})

test('"Approve" for several counts only cards that were in sight', async ({ page, approving }) => {
  const { url, replay } = approving
  await page.setViewportSize({ width: 1280, height: 500 })
  const scale = (namespace: string, name: string, replicas: number): [string, object] => [
    'kubectl_scale',
    { namespace, name, replicas },
  ]
  replay.enqueue(
    answer
      .toolCall(...scale('shop', 'web', 12))
      .toolCall(...scale('shop', 'cart', 5))
      .toolCall(...scale('payments', 'api', 6)),
  )
  await page.goto(url)
  await ask(page, 'scale three of them')
  await expect(card(page)).toHaveCount(3)
  const bar = page.getByTestId('approval-bar')
  await expect(bar.getByTestId('unseen')).toBeVisible()
  const counted = async () => Number(/\d+/.exec(await bar.getByTestId('approve-all').innerText())?.[0] ?? 1)
  expect(await counted()).toBeLessThan(3)
  await lookAtApprovals(page)
  await expect(bar.getByTestId('unseen')).toHaveCount(0)
  await expect.poll(counted).toBe(3)
  replay.enqueue(answer.text('None of them.'))
  await bar.getByTestId('decline-all').click()
  await expect(page.getByText('None of them.')).toBeVisible()
})

test('focus is where one goes on after stop, rename and a dialog; one key reaches the prompt', async ({
  page,
  scripted,
}) => {
  const { url, replay } = scripted
  replay.enqueue(answer.text('Hello. ').hold(createGate()))
  await page.goto(url)
  await ask(page, 'hello')
  await expect(page.getByText('Hello.')).toBeVisible()
  await page.getByTestId('stop').click()
  await expect(prompt(page)).toBeFocused()
  const item = page.getByTestId('conversation-item').first()
  await item.hover()
  await item.getByTestId('conversation-actions').click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await expect(page.getByRole('textbox', { name: 'New title' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(item.getByRole('link')).toBeFocused()
  await item.getByTestId('conversation-actions').click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(item).toHaveCount(0)
  await expect(prompt(page)).toBeFocused()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(item).toHaveCount(1)
  await expect(prompt(page)).toBeFocused()
  await item.getByRole('link').focus()
  await page.keyboard.press('/')
  await expect(prompt(page)).toBeFocused()
  await expect(prompt(page)).toHaveValue('')
  await page.getByTestId('skip').focus()
  await expect(page.getByTestId('skip')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(prompt(page)).toBeFocused()
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`in forced colours every button has a visible shape, ${colorScheme}`, async ({ page, scripted }) => {
    await page.emulateMedia({ colorScheme, forcedColors: 'active' })
    await show(page, scripted, [PODS])
    await expect.poll(() => shapelessButtons(page)).toEqual([])
  })

test('an icon alone tells what it does, under the pointer and at the keyboard', async ({ page, scripted }) => {
  await show(page, scripted, [])
  // Hidden from screen readers, which read the button's own name.
  const hint = page.locator('[role=tooltip]')
  const copy = page.getByRole('button', { name: 'Copy message' }).last()
  await copy.hover()
  await expect(hint).toHaveText('Copy message')
  await page.mouse.move(0, 0)
  await expect(hint).toHaveCount(0)
  await prompt(page).focus()
  await copy.focus()
  await expect(hint).toHaveText('Copy message')
  await page.keyboard.press('Escape')
  await expect(hint).toHaveCount(0)
})
