/** Runs all faults and prints each, then the table; or runs the soak, or turns on two replicas. */
import { main } from '../../scripts/run.mjs'
import { testKubeconfig } from '../support/app'
import { groups, runFault } from './fault'
import type { Row } from './fault'
import { FAULTS } from './faults'
import { readOptions } from './options'
import { runReplicas } from './replicas/run'
import { closeShared } from './shared'
import { soak } from './soak/run'
import { complaints, isKept, line, table } from './table'

// On a signal, exit normally, so that the exit handlers end the started processes.
process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143))

// Each started program has an exit listener.
process.setMaxListeners(0)

await main(async () => {
  const { runs, only, soak: turns, replicas } = readOptions(process.argv.slice(2))
  const faults = FAULTS.filter(
    ({ name, transport }) => only.length === 0 || only.some((words) => `${name} ${transport}`.includes(words)),
  )
  console.log(testKubeconfig === undefined ? 'On the demo cluster.' : `On the cluster of ${testKubeconfig}.`)
  if (replicas !== undefined) return (await runReplicas(replicas)) ? 0 : 1
  if (turns !== undefined) return (await soak(turns)) ? 0 : 1
  const rows: Row[] = []
  try {
    for (const group of groups(faults))
      for (const row of await Promise.all(group.map((fault) => runFault(fault, runs)))) {
        rows.push(row)
        console.log(line(row))
        for (const words of complaints(row)) console.log(`  ${words}`)
      }
  } finally {
    await closeShared()
  }
  const failed = rows.filter((row) => !isKept(row)).length
  console.log(`\n${table(rows)}\n`)
  for (const words of rows.flatMap(complaints)) console.log(words)
  console.log(`\n${rows.length - failed} passed, ${failed} failed`)
  return failed === 0 && rows.length > 0 ? 0 : 1
})
