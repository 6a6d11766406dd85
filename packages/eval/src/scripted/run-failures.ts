/** Plays each failure of the list in its task, and reports from which the assistant recovers. */
import { z } from 'zod'
import { table } from '../report/markdown'
import type { RunResult } from '../run/result'
import { runTask } from '../run/run-task'
import type { Rig } from '../run/run-task'
import { fill } from '../task/fill'
import type { LoadedTask } from '../task/load'
import { loadFailures } from './failures'
import type { Failure } from './failures'
import { outputSchema } from './output'
import { scriptOf } from './script'
import type { Play, Script } from './script'

export interface PlayedFailure {
  failure: Failure
  result: RunResult
}

/** @param only ids of failures; empty: all */
export async function runFailures(
  folder: string,
  tasks: readonly LoadedTask[],
  rig: Rig,
  model: { play: (script: Script) => void },
  print: (line: string) => void,
  only: readonly string[] = [],
): Promise<PlayedFailure[]> {
  const played: PlayedFailure[] = []
  for (const failure of loadFailures(folder, tasks)) {
    const task = tasks.find(({ id }) => id === failure.task)
    if (!task || (only.length > 0 && !only.includes(failure.id))) continue
    let namespace = ''
    const ownTask = { ...task, inNamespace: (name: string) => task.inNamespace((namespace = name)) }
    const result = await runTask(ownTask, 1, {
      ...rig,
      onStart: (own) => {
        const outputs = z.array(outputSchema).parse(fill(failure.outputs, { NS: namespace }))
        const { until, seen } = failure
        const plays = outputs.map((output): Play => ({
          kind: 'failure',
          output,
          until,
          ...(seen !== undefined && { seen }),
        }))
        model.play(scriptOf(own, plays, failure.at))
      },
    })
    played.push({ failure, result })
    print(
      `${failure.id}: ${result.passed ? 'recovered' : `not recovered, ${result.problems.join('; ').slice(0, 200)}`}`,
    )
  }
  return played
}

export function recoveredOf(played: readonly PlayedFailure[]): { recovered: number; of: number } {
  const recoverable = played.filter(({ failure }) => failure.recoverable)
  return { recovered: recoverable.filter(({ result }) => result.passed).length, of: recoverable.length }
}

export function recoveryReport(played: readonly PlayedFailure[]): string {
  const { recovered, of } = recoveredOf(played)
  const rows = played.map(({ failure: { id, kind, recoverable }, result: { passed } }) => [
    ...[id, kind, recoverable ? 'yes' : 'no', passed ? 'yes' : 'no'],
  ])
  return `${table(['failure', 'kind', 'recoverable', 'recovered'], rows)}\n\nRecovered: ${recovered} of ${of} recoverable failures.`
}
