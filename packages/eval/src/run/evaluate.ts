/** Runs the selected tasks one after another. */
import packageJson from '../../../../package.json'
import type { Selection } from '../task/select'
import type { EvaluationReport, RunResult } from './result'
import { runTask } from './run-task'
import type { Rig } from './run-task'

export interface About {
  model: string
  cluster: string
  runs: number
  short: boolean
}

/** @param onResult called after each run */
export async function evaluate(
  { tasks, skipped }: Selection,
  about: About,
  rig: Rig,
  onResult: (result: RunResult, left: number) => void,
): Promise<EvaluationReport> {
  const results: RunResult[] = []
  const total = tasks.length * about.runs
  const at = new Date().toISOString()
  for (let run = 1; run <= about.runs; run++)
    for (const task of tasks) {
      const result = await runTask(task, run, rig)
      results.push(result)
      onResult(result, total - results.length)
    }
  return { ...about, at, version: packageJson.version, skipped, results }
}
