/** Long pasted texts and dropped files, as data beside the question. */
import { drop, paste } from '../../support/e2e/attach'
import { answered, expect, prompt, test } from '../../support/e2e/fixtures'
import { answer } from '../../support/ollama'
import type { Rule } from '../../support/ollama'

const LOG = Array.from({ length: 400 }, (_, at) =>
  at === 200 ? 'ERROR the needle password=hunter2secret' : `2026-11-30T05:00:00Z line ${at} is well`,
).join('\n')

test('a long pasted text becomes an attachment with its cost, and the title is of the person', async ({
  page,
  scripted: { url, replay },
}) => {
  const look: Rule = ({ messages }) => {
    const id = /find \{"id":"(\w+)"\}/.exec(JSON.stringify(messages).replaceAll('\\', ''))?.[1]
    return answer.toolCall('find', { id: id ?? 'none', search: 'needle' })
  }
  await page.goto(url)
  await paste(page, LOG)
  const attachment = page.getByTestId('attachments').getByRole('listitem')
  await expect(attachment).toContainText(/Pasted text400 lines · [\d,]+ tokens/)
  await expect(prompt(page)).toHaveValue('')
  replay.enqueue(look, answer.text('The needle is in line 201.'))
  await prompt(page).fill('Where is the needle?')
  await prompt(page).press('Enter')
  await answered(page)
  await expect(page.getByTestId('tool-card').last()).toContainText('the needle')
  const asked = JSON.stringify(replay.chats().map(({ messages }) => messages))
  expect(asked).toContain('line 0 is well')
  expect(asked).not.toContain('hunter2secret')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Where is the needle?')
  await expect(page.getByTestId('attached')).toContainText('Pasted text · 400 lines')
  await expect(page.getByTestId('attachments')).toHaveCount(0)
})

test('a short pasted text stays in the question, and a dropped file is attached and removed', async ({
  page,
  scripted: { url },
}) => {
  await page.goto(url)
  await paste(page, 'two\nlines')
  await expect(page.getByTestId('attachments')).toHaveCount(0)
  await drop(page, 'pod.yaml', 'kind: Pod\n')
  await expect(page.getByTestId('attachments')).toContainText('pod.yaml')
  await page.getByRole('button', { name: 'Remove pod.yaml' }).click()
  await expect(page.getByTestId('attachments')).toHaveCount(0)
})
