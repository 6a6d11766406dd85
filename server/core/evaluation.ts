/** The model's last result of `npm run eval`, read once at the start. */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from '#shared/environment/schema'
import { evaluationsSchema } from '#shared/evaluation'
import type { Evaluation } from '#shared/evaluation'

type Paths = Partial<Pick<Environment, 'EVAL_RESULT_FILE' | 'XDG_STATE_HOME' | 'HOME'>>

/** Where `npm run eval` keeps its results. */
export function evaluationPath({ EVAL_RESULT_FILE: file, XDG_STATE_HOME: state, HOME: home }: Paths): string {
  return file ?? join(state ?? join(home ?? homedir(), '.local', 'state'), 'k8s-ai-assistant', 'evaluation.json')
}

/** @returns undefined if there is none, or no readable one */
export function readEvaluation(path: string, model: string): Evaluation | undefined {
  try {
    return evaluationsSchema.parse(JSON.parse(readFileSync(path, 'utf8')))[model]
  } catch {
    return undefined
  }
}
