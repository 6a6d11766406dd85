import { answer } from '../support/ollama'
import {
  answered,
  ask,
  askAboutRow,
  askedModel,
  assistant,
  expect,
  isThere,
  openDock,
  openList,
  openPods,
  setPreference,
  SKIPPED,
  test,
} from '../support/rancher/fixtures'

test.skip(!isThere, SKIPPED)

test('has an entry in the navigation of a cluster, and answers there', async ({ rancher, replay }) => {
  await openPods(rancher)
  await rancher.getByRole('navigation').getByRole('link', { name: 'AI Assistant', exact: true }).click()
  await expect(rancher).toHaveURL(/\/c\/local\/explorer\/k8s-ai-assistant$/)
  replay.onRequest(() => answer.text('All is well.'))
  await ask(assistant(rancher), 'hello')
  await answered(assistant(rancher), 'All is well.')
})

test('has a page of its own in the main menu', async ({ rancher }) => {
  await openPods(rancher)
  await rancher.getByTestId('top-level-menu').click()
  await rancher.locator('.side-menu').getByText('AI Assistant').click()
  await expect(rancher).toHaveURL(/\/k8s-ai-assistant\/c\/_$/)
  await expect(assistant(rancher).getByTestId('empty')).toBeVisible()
})

test('keeps its conversation in the dock, from page to page and after it was closed', async ({ rancher, replay }) => {
  await openPods(rancher)
  await openDock(rancher)
  replay.onRequest(() => answer.text('Kept.'))
  await ask(assistant(rancher), 'hello')
  await answered(assistant(rancher), 'Kept.')
  await rancher.getByRole('link', { name: 'Deployments' }).click()
  await answered(assistant(rancher), 'Kept.')
  await rancher.getByTestId('wm-tab-close-button').click()
  await expect(rancher.locator('iframe')).toHaveCount(0)
  await openDock(rancher)
  await answered(assistant(rancher), 'Kept.')
})

test('asks about the pod of a row', async ({ rancher, replay }) => {
  const pod = await openPods(rancher)
  replay.onRequest(() => answer.text('It cannot pull its image.'))
  await askAboutRow(rancher)
  const frame = assistant(rancher)
  await expect(frame.getByTestId('message-user')).toContainText(`Pod ${pod}`)
  await expect(frame.getByTestId('asked-about')).toContainText(`Pod ${pod}`)
  await answered(frame, 'It cannot pull its image.')
  expect(askedModel(replay)).toContain(pod)
})

test('asks about several rows at once', async ({ rancher, replay }) => {
  await openPods(rancher)
  replay.onRequest(() => answer.text('Both fail.'))
  for (const row of [0, 1])
    await rancher.getByTestId(`sortable-table-${row}-checkbox`).locator('.checkbox-custom').click()
  await rancher.getByRole('button', { name: 'Ask AI about this' }).click()
  await expect(assistant(rancher).getByTestId('asked-about')).toContainText('2 objects')
  await answered(assistant(rancher), 'Both fail.')
})

test('asks about rows of workloads, services, nodes and events', async ({ rancher, replay }) => {
  test.slow()
  replay.onRequest(() => answer.text('Seen.'))
  for (const [type, kind] of [
    ['apps.deployment', 'Deployment'],
    ['service', 'Service'],
    ['node', 'Node'],
    ['event', 'Event'],
  ] as const) {
    await openList(rancher, type)
    await askAboutRow(rancher)
    await expect(assistant(rancher).getByTestId('message-user').last()).toContainText(`state of ${kind} `)
    await answered(assistant(rancher), 'Seen.')
  }
})

test('has a tab on a detail page, with its object as context', async ({ rancher, replay }) => {
  const pod = await openPods(rancher)
  await rancher.getByRole('link', { name: pod.split('/')[1] }).click()
  await rancher.getByRole('tab', { name: 'AI Assistant' }).click()
  await expect(assistant(rancher).getByTestId('embed-context')).toContainText(`Pod ${pod}`)
  replay.onRequest(() => answer.text('On its page.'))
  await ask(assistant(rancher), 'What is wrong?')
  await answered(assistant(rancher), 'On its page.')
})

test("opens Rancher's page of an object that an answer names", async ({ rancher, replay }) => {
  await openPods(rancher)
  await openDock(rancher)
  replay.enqueue(answer.toolCall('kubectl_get', { resource: 'pods', allNamespaces: true }))
  replay.onRequest(() => answer.text('These.'))
  await ask(assistant(rancher), 'Show me all pods')
  await answered(assistant(rancher), 'These.')
  const link = assistant(rancher).getByTestId('object-link').first()
  const name = await link.textContent()
  await link.click()
  await expect(rancher).toHaveURL(new RegExp(`/c/local/explorer/pod/[a-z0-9-]+/${name?.trim()}`))
  await answered(assistant(rancher), 'These.')
})

test('follows a change of the theme without a reload', async ({ rancher, replay }) => {
  await openPods(rancher)
  await openDock(rancher)
  replay.onRequest(() => answer.text('Still here.'))
  await ask(assistant(rancher), 'hello')
  await answered(assistant(rancher), 'Still here.')
  const loads: string[] = []
  rancher.on('framenavigated', (frame) => loads.push(frame.url()))
  const html = assistant(rancher).locator('html')
  await expect(html).toHaveClass(/light/)
  await setPreference(rancher, 'theme', 'ui-dark')
  await expect(html).toHaveClass(/dark/)
  await setPreference(rancher, 'theme', 'ui-light')
  await expect(html).toHaveClass(/light/)
  expect(loads).toEqual([])
})

test('speaks Vietnamese with Rancher', async ({ rancher, replay }) => {
  await openPods(rancher)
  await setPreference(rancher, 'locale', 'vi')
  await rancher.getByTestId('extension-header-action-k8sAiAssistant.open').click()
  const frame = assistant(rancher, 'Trợ lý AI')
  await expect(frame.locator('html')).toHaveAttribute('lang', 'vi')
  replay.onRequest(() => answer.text('Xong.'))
  await askAboutRow(rancher, 'Hỏi AI về mục này')
  await expect(frame.getByTestId('message-user')).toContainText('Tình trạng của Pod')
  await answered(frame, 'Xong.')
  await setPreference(rancher, 'locale', 'en-us')
})

test('leaves the keyboard to Rancher while the dock loads', async ({ rancher }) => {
  await openPods(rancher)
  const filter = rancher.getByRole('textbox', { name: 'Filter' }).or(rancher.locator('input[type=search]')).first()
  await openDock(rancher)
  await filter.click()
  const typed = 'x'.repeat(60)
  await filter.pressSequentially(typed, { delay: 50 })
  await expect(filter).toHaveValue(typed)
  await expect(assistant(rancher).getByTestId('empty')).toBeVisible()
  await expect(filter).toBeFocused()
})

test('offers a new tab if the assistant does not start', async ({ rancher }) => {
  await rancher.route('**/services/http:k8s-ai-assistant:8005/proxy/**', (route) =>
    route.fulfill({ status: 200, contentType: 'text/html', body: 'not the assistant' }),
  )
  await openPods(rancher)
  await openDock(rancher)
  const link = rancher.getByRole('link', { name: 'Open in a new tab' })
  await expect(link).toHaveAttribute('href', /\/services\/http:k8s-ai-assistant:8005\/proxy\/$/)
})
