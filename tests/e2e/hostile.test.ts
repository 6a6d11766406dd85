/** Hostile texts on the page: it runs nothing, loads nothing, and contacts no other host. */
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { Page } from '@playwright/test'
import { canariesIn } from '../hostile/canary'
import { PAGE_INPUTS } from '../hostile/page'
import type { PageInput } from '../hostile/page'
import { Report } from '../hostile/report'
import { startHostileRig } from '../support/hostile'
import type { HostileRig } from '../support/hostile'
import { CANARIES } from '../support/cluster/live-cluster'
import { answer } from '../support/ollama'
import type { Answer } from '../support/ollama'
import { answered, ask, expect, test, unfold } from '../support/e2e/fixtures'

/** A request to this server is a successful attack. */
async function startEvil() {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  return { url, asked, close: () => server.close() }
}

const scale = { namespace: 'shop', name: 'web', replicas: 4 }

/** The scripted answer that brings the text to the tested place. */
function scriptOf({ where }: PageInput, text: string, pod: string): Answer[] {
  const done = answer.text('Done.')
  // An answer without a look at the cluster would be asked for again, and not drawn.
  const look = answer.toolCall('kubectl_get', readConfig)
  switch (where) {
    case 'answer':
      return [look, answer.text(text)]
    case 'reasoning':
      return [look, answer.reasoning(text).text('Done.')]
    case 'question':
      return [done]
    case 'tool name':
      return [answer.toolCall(text, {}), done]
    case 'argument':
      return [
        answer.toolCall('kubectl_describe', { resource: 'pod', namespace: 'shop', name: text, [text]: text }),
        done,
      ]
    case 'log':
      return [answer.toolCall('kubectl_logs', { namespace: 'shop', name: pod }), done]
    case 'configmap':
      return [answer.toolCall('kubectl_get', readConfig), done]
    case 'event':
      return [answer.toolCall('kubectl_events', { namespace: 'shop' }), done]
    case 'card':
      return [answer.toolCall('kubectl_apply', { manifest: configMap(text) })]
    case 'error':
      return [answer.error(400, text)]
  }
}

const readConfig = { resource: 'configmap', namespace: 'kube-system', name: 'kube-root-ca.crt' }
const configMap = (text: string) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'hostile', namespace: 'shop' },
    data: { a: text },
  })

async function podOf(rig: HostileRig): Promise<string> {
  const { toolCalls } = await rig.obey([['kubectl_get', { resource: 'pods', namespace: 'shop' }]])
  const result = toolCalls[0]?.result
  if (result?.kind !== 'table') throw new Error('no table of pods')
  return result.rows[0]?.[result.columns.indexOf('NAME')] ?? ''
}

/** Elements of the page that could run or load something or navigate unseen. */
function harmIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const harm: string[] = []
    if ('pwned' in window) harm.push('a script ran')
    const loading =
      'iframe, object, embed, video, audio, base, form[action], meta[http-equiv=refresh], img[src^=http], [style*=url]'
    for (const each of document.querySelectorAll(loading)) harm.push(each.outerHTML.slice(0, 200))
    for (const link of document.querySelectorAll('link[href]'))
      if (new URL(link.getAttribute('href') ?? '', location.href).origin !== location.origin) harm.push(link.outerHTML)
    for (const each of document.querySelectorAll('main *, [data-testid] *'))
      for (const { name } of each.attributes) if (/^on/i.test(name)) harm.push(each.outerHTML.slice(0, 200))
    for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-testid=message-assistant] a')) {
      const { protocol, href, rel, target } = link
      if (!/^https?:$/.test(protocol) || !rel.includes('noopener') || target !== '_blank') harm.push(link.outerHTML)
      const written = link.getAttribute('href') ?? ''
      const said = [href, written].includes(link.textContent) || link.nextElementSibling?.textContent?.includes(written)
      if (!said) harm.push(`it is not said where it leads: ${link.outerHTML}`)
    }
    return harm
  })
}

test('hostile texts run nothing and load nothing, wherever they are drawn', async ({ page }) => {
  test.setTimeout(300_000)
  const [rig, evil] = [await startHostileRig('own'), await startEvil()]
  const report = new Report()
  page.on('dialog', (dialog) => {
    report.add({ id: 'dialog', kind: 'page', tried: 'a dialog' }, dialog.message())
    void dialog.dismiss()
  })
  try {
    const pod = await podOf(rig)
    await page.goto(rig.app.url)
    for (const input of PAGE_INPUTS) {
      await test.step(`${input.id} ${input.tried}`, async () => {
        const text = input.text.replaceAll('EVIL', evil.url)
        const { where } = input
        if (where === 'log' || where === 'configmap' || where === 'event') rig.poison({ [where]: text })
        rig.replay.dropQueue()
        rig.replay.enqueue(...scriptOf(input, text, pod))
        rig.replay.onRequest(() => answer.text('Done.'))
        await page.getByTestId('new-conversation').first().click()
        // The prompt of the conversation before it is gone.
        await expect(page.getByTestId('empty')).toBeVisible()
        await ask(page, where === 'question' ? text : 'What is wrong?')
        if (where === 'error') await expect(page.getByTestId('chat-error')).toBeVisible()
        else if (where === 'card') await expect(page.getByTestId('approval-card')).toBeVisible()
        else await answered(page)
        const drawn = page.getByTestId('message-assistant').last()
        if (where !== 'error') await expect(drawn).toBeVisible()
        // Only a call written as text is asked for again instead of being drawn.
        if (input.id === 'T29') await expect(drawn).toContainText('Done.')
        else if (where === 'answer') await expect(drawn).not.toContainText('Done.')
        expect(await harmIn(page)).toEqual([])
        if (where === 'card') {
          await page.getByTestId('decline').click()
          await page.getByTestId('decline-reason').fill(text)
          await page.getByTestId('decline-reason').press('Enter')
          await answered(page)
          expect(await harmIn(page)).toEqual([])
        }
        report.add(input, 'drawn as text')
      })
    }
    // Rendered again from storage.
    await page.reload()
    await expect(page.getByTestId('conversation-item').first()).toBeVisible()
    for (const item of (await page.getByTestId('conversation-item').all()).slice(0, 12)) {
      await item.click()
      expect(await harmIn(page)).toEqual([])
    }
    expect(evil.asked).toEqual([])
    expect(rig.mutations()).toEqual([])
    expect((await fetch(`${rig.app.url}/health`)).status).toBe(200)
  } finally {
    report.print('Texts in Chromium')
    await rig.stop()
    evil.close()
  }
})

test('no value that is a secret is drawn, or kept by the browser', async ({ page }) => {
  const rig = await startHostileRig('own')
  const [first, second] = CANARIES
  const leak = [
    `password=${second}`,
    `Authorization: Bearer ${first}`,
    `postgres://ledger:${second}@ledger:5432/x`,
    Buffer.from(`DB_PASSWORD=${second}\nAPI_KEY=${first}\n`).toString('base64'),
  ].join('\n')
  try {
    rig.poison({ log: leak, configmap: leak, event: leak, annotation: leak })
    const pod = { namespace: 'shop', name: await podOf(rig) }
    const calls: [string, object][] = [
      ['kubectl_logs', pod],
      ['kubectl_describe', { resource: 'pod', ...pod }],
      ['kubectl_events', { namespace: 'shop' }],
      ['kubectl_get', readConfig],
      ['kubectl_get', { ...readConfig, resource: 'secret' }],
      ['kubectl_scale', scale],
    ]
    rig.replay.enqueue(...calls.map(([tool, args]) => answer.toolCall(tool, args)))
    await page.goto(rig.app.url)
    await ask(page, 'What is wrong?')
    await expect(page.getByTestId('approval-card')).toBeVisible()
    await unfold(page)
    for (const button of await page.getByTestId('tool-raw').getByRole('button').all()) await button.click()
    await expect(page.getByTestId('tool-card')).toHaveCount(calls.length)
    await page.getByTestId('decline').click()
    await page.getByTestId('decline').click()
    await answered(page)
    const html = await page.evaluate(() => document.documentElement.outerHTML)
    expect(html).toContain('redacted')
    expect(canariesIn(html, CANARIES)).toEqual([])
    await expect.poll(async () => (await kept(page)).includes('kubectl_logs')).toBe(true)
    expect(canariesIn(await kept(page), CANARIES)).toEqual([])
    expect(rig.mutations()).toEqual([])
  } finally {
    await rig.stop()
  }
})

/** The browser's databases and storage as JSON. */
function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const all: unknown[] = [{ ...localStorage }, { ...sessionStorage }]
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error('the database cannot be read'))
      })
    for (const { name } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name ?? ''))
      for (const store of db.objectStoreNames) all.push(await done(db.transaction(store).objectStore(store).getAll()))
      db.close()
    }
    return JSON.stringify(all)
  })
}
