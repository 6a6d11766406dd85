/** Runs parts of `npm run eval` with scripted models. */
import { join } from 'node:path'
import { openClusterUnderTest } from '../../packages/eval/src/cluster/under-test'
import type { ScriptedKind } from '../../packages/eval/src/options'
import { createApps } from '../../packages/eval/src/run/apps'
import { chooseModel } from '../../packages/eval/src/run/models'
import type { RunResult } from '../../packages/eval/src/run/result'
import { runTask } from '../../packages/eval/src/run/run-task'
import { runFailures } from '../../packages/eval/src/scripted/run-failures'
import type { PlayedFailure } from '../../packages/eval/src/scripted/run-failures'
import { loadTasks } from '../../packages/eval/src/task/load'
import { selectTasks } from '../../packages/eval/src/task/select'
import type { Env } from './app'

const PACKAGE = join(import.meta.dirname, '../../packages/eval')

export interface Evaluation {
  /** Runs the tasks that the cluster allows, once. */
  run: (only: readonly string[], short?: boolean) => Promise<RunResult[]>
  fail: (ids: readonly string[]) => Promise<PlayedFailure[]>
  /** URL of the read-only assistant. */
  url: () => Promise<string>
  close: () => Promise<void>
}

/** @param kubeconfig undefined: the demo cluster */
export async function startEvaluation(kind: ScriptedKind, kubeconfig?: string, env: Env = {}): Promise<Evaluation> {
  const tasks = loadTasks(join(PACKAGE, 'tasks'))
  const cluster = await openClusterUnderTest(kubeconfig)
  const model = await chooseModel(kind)
  const apps = createApps(cluster.kubeconfig, {}, { ...model.env, ...env })
  const rig = { objects: cluster.objects, app: apps.url, onStart: model.onStart }
  return {
    run: async (only, short = false) => {
      const results: RunResult[] = []
      const selected = selectTasks(tasks, { only, short, has: cluster.has })
      for (const task of selected.tasks) results.push(await runTask(task, 1, rig))
      return results
    },
    fail: (ids) => runFailures(PACKAGE, tasks, rig, model, () => undefined, ids),
    url: () => apps.url('read-only'),
    close: async () => {
      await apps.close()
      await model.close()
      await cluster.close()
    },
  }
}

/** The failed runs with their problems, for messages of tests. */
export function failedRuns(results: readonly RunResult[]): string[] {
  return results.filter(({ passed }) => !passed).map(({ task, problems }) => `${task}: ${problems.join('; ')}`)
}
