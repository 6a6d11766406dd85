/**
 * Turns on two replicas behind nginx, with reloads, stops and approvals. One replica is killed in every tenth turn, in
 * the middle of it. Counts writes that ran twice and turns that were lost without an error message.
 */
import { inColumns } from '../../../bench/report'
import { closeShared } from '../shared'
import { missing, startSetting } from './setting'
import type { ReplicaIndex, Setting } from './setting'
import { TURNS } from './turns'

const EVERY = 10
const PROGRESS = 50

interface Row {
  name: string
  turns: number
  kills: number
  lost: number
  wrongWrites: number
  problems: string[]
  /** After kills: what users saw, and how often. */
  told: Map<string, number>
}

/** @returns whether all succeeded; also if the programs are missing, which is printed */
export async function runReplicas(turns: number): Promise<boolean> {
  if (missing !== undefined) {
    console.log(`The replicas are skipped: ${missing} is not on the PATH.`)
    return true
  }
  const startedAt = performance.now()
  const setting = await startSetting()
  try {
    const { rows, violations } = await run(setting, turns)
    console.log(`\n${inColumns(HEAD, rows.map(cells))}\n`)
    for (const { name, told, problems } of rows) {
      for (const [words, count] of told) console.log(`${name}, killed, ${count}×: ${words}`)
      for (const words of problems) console.log(`${name}: ${words}`)
    }
    for (const words of violations) console.log(words)
    const failed = rows.filter((row) => row.lost + row.wrongWrites + row.problems.length > 0).length + violations.length
    console.log(`\n${turns} turns in ${Math.round((performance.now() - startedAt) / 1000)} s, ${failed} failed`)
    return failed === 0
  } finally {
    await setting.close()
    await closeShared()
  }
}

async function run(setting: Setting, turns: number): Promise<{ rows: Row[]; violations: string[] }> {
  const kinds = Object.entries(TURNS).map(([name, turn]) => {
    const row: Row = { name, turns: 0, kills: 0, lost: 0, wrongWrites: 0, problems: [], told: new Map() }
    return { turn, row }
  })
  const violations: string[] = []
  let kills = 0
  for (let at = 1; at <= turns; at++) {
    const isKilled = at % EVERY === 0
    const kind = kinds[(isKilled ? kills++ : at) % kinds.length]
    if (!kind) continue
    const replica: ReplicaIndex = at % 2 === 0 ? 0 : 1
    // Alternately: only every tenth turn is killed, and ten is even.
    const victim: ReplicaIndex = isKilled ? (kills % 2 === 0 ? 0 : 1) : replica
    const outcome = await kind.turn(setting, victim, isKilled ? () => setting.kill(victim) : undefined)
    const { row } = kind
    row.turns++
    if (isKilled) {
      row.kills++
      row.told.set(outcome.told, (row.told.get(outcome.told) ?? 0) + 1)
      await setting.restart(victim)
    }
    if (outcome.isLost) row.lost++
    row.wrongWrites += outcome.wrongWrites
    if (outcome.problem !== undefined) row.problems.push(`turn ${at}: ${outcome.problem}`)
    violations.push(...setting.model.violations())
    setting.model.dropQueue()
    if (at % PROGRESS === 0) console.log(`${at} turns, ${kills} kills`)
  }
  return { rows: kinds.map(({ row }) => row), violations }
}

const HEAD = ['turn', 'turns', 'replica killed', 'lost without an error', 'wrong writes', 'other problems']

function cells({ name, turns, kills, lost, wrongWrites, problems }: Row): string[] {
  return [name, ...[turns, kills, lost, wrongWrites, problems.length].map(String)]
}
