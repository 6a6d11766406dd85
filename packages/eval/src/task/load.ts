/** Reads the tasks of a folder; a mistake is reported with its file and field. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { parse } from 'yaml'
import type { z } from 'zod'
import { fill } from './fill'
import { taskSchema } from './schema'
import type { Task } from './schema'

export interface LoadedTask extends Task {
  group: string
  /** The task for one namespace. */
  inNamespace: (namespace: string) => Task
}

/** Names every wrong field of every file. */
export class TaskError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'TaskError'
  }
}

/**
 * @returns the tasks in the order of their ids
 * @throws TaskError
 */
export function loadTasks(folder: string): LoadedTask[] {
  const problems: string[] = []
  const tasks: LoadedTask[] = []
  for (const path of yamlFiles(folder)) {
    const raw = readYaml(join(folder, path), path, problems)
    if (raw === undefined) continue
    const parsed = taskSchema.safeParse(raw)
    if (!parsed.success) {
      problems.push(...problemsOf(path, parsed.error))
      continue
    }
    if (`${parsed.data.id}.yaml` !== path) problems.push(`${path}: id: is "${parsed.data.id}", not the file's path`)
    const [group = ''] = parsed.data.id.split('/')
    tasks.push({ ...parsed.data, group, inNamespace: (NS) => taskSchema.parse(fill(raw, { NS })) })
  }
  const questions = new Map<string, string>()
  for (const { id, questions: asked } of tasks)
    for (const question of asked) {
      const other = questions.get(question)
      if (other !== undefined) problems.push(`${id}.yaml: questions: the same as in ${other}`)
      questions.set(question, id)
    }
  if (problems.length > 0) throw new TaskError(problems)
  return tasks
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => String(name).split(sep).join('/'))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
}

/** @returns undefined if it cannot be read, after adding the problem */
export function readYaml(file: string, name: string, problems: string[]): unknown {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (error) {
    problems.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
    return undefined
  }
}

/** One line for each field, e.g. `read/pods.yaml: checks.state[0].path: …`. */
export function problemsOf(name: string, error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) => {
    const field = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
    return `${name}: ${field.replace(/^\./, '') || 'file'}: ${message}`
  })
}
