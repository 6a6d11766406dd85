/**
 * A thousand turns with tools on one server, every tenth with a fault: compares memory at the end with memory after the
 * first hundred, and counts leaked handles and children.
 */
import { fileURLToPath } from 'node:url'
import { inColumns } from '../../../bench/report'
import { openClusterLink } from '../link'
import type { ClusterLink } from '../link'
import { Page, isGood, isWordless, toldOf } from '../page'
import { question } from '../recovery'
import { closeShared } from '../shared'
import { WAYS } from '../servers'
import type { Way } from '../servers'
import { FAULTS } from './faults'
import { residentMiB, settledUsage } from './usage'
import type { Usage } from './usage'

/** Allowed growth of memory. */
const GROWTH = 1.2
const FIRST = 100
const EVERY = 10
/** Questions of one conversation. */
const QUESTIONS = 20

interface Soak {
  way: Way
  turns: number
  faults: number
  /** Turns without a fault that did not get a good answer. */
  bad: number
  lost: number
  violations: number
  first: Usage
  end: Usage
  seconds: number
}

/** @returns whether all succeeded */
export async function soak(turns: number): Promise<boolean> {
  const rows: Soak[] = []
  try {
    for (const way of WAYS) {
      if (way.skipped !== undefined) console.log(`${way.transport} is skipped: ${way.skipped}`)
      else rows.push(await soakOf(way, turns))
    }
  } finally {
    await closeShared()
  }
  console.log(`\n${inColumns(HEAD, rows.flatMap(lines))}\n`)
  for (const { way, end } of rows) console.log(`${way.transport}, handles at the end: ${JSON.stringify(end.handles)}`)
  const wrong = rows.flatMap(problems)
  for (const words of wrong) console.log(words)
  const failed = rows.filter((row) => problems(row).length > 0).length
  console.log(`\n${rows.length - failed} passed, ${failed} failed`)
  return failed === 0 && rows.length > 0
}

async function soakOf(way: Way, turns: number): Promise<Soak> {
  const preload = fileURLToPath(new URL('../processes/usage.mjs', import.meta.url))
  const link = await openClusterLink(way, { nodeArgs: ['--expose-gc', '--import', preload] })
  try {
    return await run(link, turns)
  } finally {
    await link.close()
  }
}

async function run(link: ClusterLink, turns: number): Promise<Soak> {
  const { way, app, model } = link
  const startedAt = performance.now()
  const counts = { faults: 0, bad: 0, lost: 0, violations: 0 }
  let page = new Page(app.url)
  let first: Usage | undefined
  for (let at = 1; at <= turns; at++) {
    if (at % QUESTIONS === 1) page = new Page(app.url)
    if (at % EVERY === 0) {
      const fault = FAULTS[counts.faults++ % FAULTS.length]
      const seen = await fault?.(link, page)
      if (seen && isWordless(seen)) counts.lost++
    } else {
      const seen = await page.ask(question()).seen
      if (isWordless(seen)) counts.lost++
      if (!isGood(seen)) {
        counts.bad++
        console.log(`${way.transport}, turn ${at}: ${toldOf(seen)}`)
      }
    }
    const violations = model.violations()
    counts.violations += violations.length
    for (const words of violations) console.log(`${way.transport}, turn ${at}: ${words}`)
    if (at === Math.min(FIRST, turns)) first = await settledUsage(app)
    if (at % FIRST === 0) {
      const seconds = Math.round((performance.now() - startedAt) / 1000)
      console.log(`${way.transport}: ${at} turns, ${seconds} s, ${Math.round(residentMiB(app.pid))} MiB resident`)
    }
  }
  const end = await settledUsage(app)
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  return { way, turns, ...counts, first: first ?? end, end, seconds }
}

const HEAD = [
  'transport',
  'turns',
  'faults',
  'bad',
  'lost',
  'violations',
  'time',
  '',
  'RSS',
  'heap',
  'files',
  'children',
]

function lines({ way, turns, faults, bad, lost, violations, first, end, seconds }: Soak): string[][] {
  const counts = [turns, faults, bad, lost, violations].map(String)
  const held = ({ rss, heap, files, children }: Usage) => [
    `${rss.toFixed(0)} MiB`,
    `${heap.toFixed(1)} MiB`,
    String(files ?? '–'),
    String(children),
  ]
  return [
    [way.transport, ...counts, `${seconds} s`, `after ${Math.min(FIRST, turns)}`, ...held(first)],
    ['', '', '', '', '', '', '', 'at the end', ...held(end)],
    ['', '', '', '', '', '', '', '', percent(end.rss / first.rss), percent(end.heap / first.heap), '', ''],
  ]
}

function problems({ way, bad, lost, violations, first, end }: Soak): string[] {
  const found = [
    ...(bad > 0 ? [`${bad} turns without a fault were not answered well`] : []),
    ...(lost > 0 ? [`${lost} turns were lost without a word`] : []),
    ...(violations > 0 ? [`${violations} histories were none`] : []),
    ...(end.rss > first.rss * GROWTH ? [`memory has grown by ${percent(end.rss / first.rss)}`] : []),
    ...(end.heap > first.heap * GROWTH ? [`the heap has grown by ${percent(end.heap / first.heap)}`] : []),
    ...((end.files ?? 0) > (first.files ?? 0) ? [`${end.files} files are open in place of ${first.files}`] : []),
    ...(end.children > first.children ? [`${end.children} children run in place of ${first.children}`] : []),
  ]
  return found.map((words) => `${way.transport}: ${words}`)
}

function percent(ratio: number): string {
  return `${ratio < 1 ? '−' : '+'}${Math.abs((ratio - 1) * 100).toFixed(1)} %`
}
