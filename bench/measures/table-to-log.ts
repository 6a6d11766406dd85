/** From a row of a table to the pod's log by one key, on a real API server, with the model server stopped. */
import type { Page, Response } from '@playwright/test'
import { NO_BROWSER, withPage } from '../browser'
import { info, limit, ms } from '../result'
import type { Context, Result } from '../result'
import { withRig } from '../rig'
import { p50, p99 } from '../stats'

const WHAT = 'From a table to a pod’s log by one key, beyond the read’s own time'
const GOAL = '≤ 300 ms'
/** Rows that are tried. */
const ROWS = 12

interface Sample {
  /** From the key until the log is painted, in milliseconds. */
  shown: number
  /** Of its read, as the browser saw it. */
  read: number
}

export async function tableToLog({ quick }: Context): Promise<Result> {
  const kubeconfig = process.env.TEST_KUBECONFIG
  if (!kubeconfig)
    return { lines: [{ what: WHAT, figure: 'skipped: TEST_KUBECONFIG names no cluster', goal: GOAL }], tables: [] }
  const samples = await withRig(async (rig) => {
    const model = await rig.model()
    const env = { MCP_SERVER_COMMAND: undefined, KUBECONFIG: kubeconfig }
    const server = await rig.server({ modelUrl: model.url, env })
    return await withPage(async (page) => {
      await showPods(page, server.url)
      await model.program.stop()
      const found: Sample[] = []
      // The first one also loads the panel.
      for (let row = 0; row < (quick ? 3 : ROWS); row++) found.push(await openLog(page, row))
      return found
    })
  })
  if (!samples) return { lines: [{ what: WHAT, figure: NO_BROWSER, goal: GOAL }], tables: [] }
  const beyond = samples.map(({ shown, read }) => shown - read)
  return {
    lines: [
      limit(`${WHAT}, p50`, p50(beyond), 300, 'ms'),
      limit(`${WHAT}, the longest`, Math.max(...beyond), 300, 'ms'),
      info('The whole of it, p99', p99(samples.map(({ shown }) => shown)), 'ms'),
    ],
    tables: [
      {
        title: 'From the key until the log is painted, the model server stopped; the first also loads the panel',
        columns: ['row', 'painted, ms', 'its read, ms', 'beyond, ms'],
        rows: samples.map(({ shown, read }, at) => [String(at + 1), ms(shown), ms(read), ms(shown - read)]),
      },
    ],
  }
}

async function showPods(page: Page, url: string): Promise<void> {
  await page.goto(url)
  const prompt = page.getByRole('textbox', { name: 'Your question' })
  await prompt.fill('Show me all pods')
  await prompt.press('Enter')
  await page.getByTestId('answer-caption').last().waitFor()
}

async function openLog(page: Page, row: number): Promise<Sample> {
  const answered = page.waitForResponse(isLogRead)
  await page.evaluate(noteNextKey)
  await page.getByTestId('object-name').nth(row).press('l')
  const [painted, response] = await Promise.all([page.evaluate(timeUntilLog), answered])
  await response.finished()
  await page.keyboard.press('Escape')
  // It gives the focus back as it closes.
  await page.getByTestId('object-logs').waitFor({ state: 'hidden' })
  return { shown: painted, read: response.request().timing().responseEnd }
}

function isLogRead(response: Response): boolean {
  return (response.request().postData() ?? '').includes('kubectl_logs')
}

/** Runs in the page. */
function noteNextKey(): void {
  const note = ({ timeStamp }: KeyboardEvent) => Reflect.set(window, 'pressedAt', timeStamp)
  window.addEventListener('keydown', note, { once: true, capture: true })
}

/** Runs in the page: milliseconds from that key until a log, or why there is none, is painted. */
async function timeUntilLog(): Promise<number> {
  const shown = '[data-testid="object-logs"] :is([data-testid="result-log"], [data-testid="result-text"])'
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  do await frame()
  while (document.querySelector(shown) === null)
  return performance.now() - Number(Reflect.get(window, 'pressedAt'))
}
