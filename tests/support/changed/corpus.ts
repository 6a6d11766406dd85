/** Changes that are seeded on a cluster, and what must be found of each. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { ChangesResult, PastChange } from '../../../shared/changes/what-changed'
import { shortSchema } from '../diagnose/corpus'

const wantedSchema = z.object({
  /** Kind and name. */
  object: z.string(),
  /** Beginning of the manager's name. */
  manager: z.string(),
  /** Part of a field's path. */
  path: z.string().optional(),
  /** That field's value before. */
  before: z.string().optional(),
})

const caseSchema = z.object({
  /** Also the name of its namespace. */
  id: z.string(),
  about: z.string().optional(),
  objects: z.array(shortSchema).default([]),
  /** Run one after another when the objects have settled. */
  run: z.array(z.array(z.string())).default([]),
  /** Applied on the server's side afterwards. */
  apply: z.object({ manager: z.string(), objects: z.array(shortSchema) }).optional(),
  /** Installs the chart, then runs this operation with these flags. */
  helm: z.array(z.string()).optional(),
  /** `failure`: kind and the beginning of the name; `state`: part of its text. */
  expect: wantedSchema.extend({ failure: z.string(), state: z.string() }).optional(),
  /** Another change that must be found. */
  also: wantedSchema.optional(),
  /** A change that no failure followed. */
  harmless: wantedSchema.optional(),
})
export type ChangeCase = z.infer<typeof caseSchema>

const folder = join(import.meta.dirname, '..', '..', 'live', 'changed')
export const CHART = join(folder, 'chart')

export function readChangeCorpus(): ChangeCase[] {
  return globSync('corpus/*.yaml', { cwd: folder })
    .sort()
    .flatMap((file) => z.array(caseSchema).parse(parse(readFileSync(join(folder, file), 'utf8'))))
}

/** Undefined if the change is found with its writer and joined with its failure, and no other change is. */
export function mismatch(each: ChangeCase, { changes }: Pick<ChangesResult, 'changes'>): string | undefined {
  const wanted = each.expect ?? each.harmless
  if (!wanted) return 'nothing is expected'
  const found = changes.find((change) => isWanted(change, wanted))
  if (!found) return `not found among ${changes.map(shortly).join(' | ')}`
  const { also } = each
  if (also && !changes.some((change) => isWanted(change, also))) return `without ${also.object}`
  if (each.harmless) return found.failure ? `joined with ${found.failure.state.text}` : undefined
  const { failure } = found
  if (!failure)
    return `without a failure; ${changes
      .filter((change) => change.failure)
      .map(shortly)
      .join(' | ')}`
  const object = `${failure.object.kind}/${failure.object.name}`
  if (
    !object.startsWith(each.expect?.failure ?? '') ||
    !failure.state.text.toLowerCase().includes(each.expect?.state ?? '')
  )
    return `joined with ${object}: ${failure.state.text}`
  return undefined
}

function isWanted({ object, manager, fields }: PastChange, wanted: z.infer<typeof wantedSchema>): boolean {
  if (`${object.kind}/${object.name}` !== wanted.object || !manager?.text.startsWith(wanted.manager)) return false
  const { path, before } = wanted
  if (path === undefined) return true
  return fields.some((field) => field.path.includes(path) && (before === undefined || field.before === before))
}

function shortly({ object, what, manager, fields, failure }: PastChange): string {
  const listed = fields.map(({ path, before = '', after = '' }) => `${path} ${before}→${after}`).join(', ')
  return `${object.kind}/${object.name} ${what.text} (${manager?.text ?? '?'}) ${listed} ${failure?.state.text ?? ''}`
}
