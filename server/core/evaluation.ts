/** The model's last result of `npm run eval`, read once at the start. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '#shared/environment/schema'
import { evaluationsSchema } from '#shared/evaluation'
import type { Evaluation } from '#shared/evaluation'
import { stateFolder } from '../config/state-folder'
import type { StatePaths } from '../config/state-folder'

/** Where `npm run eval` keeps its results. */
export function evaluationPath(env: Partial<Pick<Environment, 'EVAL_RESULT_FILE'>> & StatePaths): string {
  return env.EVAL_RESULT_FILE ?? join(stateFolder(env), 'evaluation.json')
}

/** @returns undefined if there is none, or no readable one */
export function readEvaluation(path: string, model: string): Evaluation | undefined {
  try {
    return evaluationsSchema.parse(JSON.parse(readFileSync(path, 'utf8')))[model]
  } catch {
    return undefined
  }
}
