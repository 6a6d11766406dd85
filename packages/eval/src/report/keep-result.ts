/** Keeps the result of a model where the assistant finds it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { evaluationsSchema } from '#shared/evaluation'
import type { Evaluations } from '#shared/evaluation'
import type { RawEnvironment } from '#shared/environment/read'
import { evaluationPath } from '../../../../server/core/evaluation'
import type { EvaluationReport } from '../run/result'
import { summaryOf } from './summary'

/**
 * Replaces the model's last result, and keeps those of others.
 * @returns the file
 */
export function keepResult({ model, at, results }: EvaluationReport, env: RawEnvironment): string {
  const path = evaluationPath(env)
  const { passed, of } = summaryOf(results)
  const all: Evaluations = { ...readAll(path), [model]: { at, passed, of } }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(all, undefined, 2)}\n`)
  return path
}

/** A broken file is replaced. */
function readAll(path: string): Evaluations {
  if (!existsSync(path)) return {}
  try {
    return evaluationsSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? {}
  } catch {
    return {}
  }
}
