import { answer } from '../support/ollama'
import {
  answered,
  ask,
  assistant,
  expect,
  isThere,
  openDock,
  openPods,
  SKIPPED,
  test,
} from '../support/rancher/fixtures'

test.skip(!isThere, SKIPPED)

for (const [user, result] of [
  ['administrator', 'worker-1'],
  ['viewer', 'may not list nodes'],
] as const)
  test.describe(`for the ${user}`, () => {
    test.use({ user })

    test('a question is answered with their own rights', async ({ rancher, replay }) => {
      await openPods(rancher)
      await openDock(rancher)
      replay.enqueue(answer.toolCall('kubectl_get', { resourceType: 'nodes' }))
      replay.onRequest(() => answer.text('So it is.'))
      await ask(assistant(rancher), 'Show me all nodes')
      await answered(assistant(rancher), 'So it is.')
      await expect(assistant(rancher).getByTestId('message-assistant')).toContainText(result)
    })
  })
