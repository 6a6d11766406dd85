/** Tasks in YAML: which are accepted, and how a mistake is reported. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { loadFailures } from '../../../../packages/eval/src/scripted/failures'
import { loadTasks, TaskError } from '../../../../packages/eval/src/task/load'
import { selectTasks } from '../../../../packages/eval/src/task/select'

const PACKAGE = join(import.meta.dirname, '../../../../packages/eval')
const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

/** @param files by path, in YAML */
function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'eval-tasks-'))
  folders.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const TASK = `id: read/pods
title: Lists pods
language: en
questions: ['Which pods are in \${NS}?']
checks: { state: [{ object: v1/Pod/web, exists: true }] }
solution: [{ answer: None. }]
`

function problemsOf(files: Record<string, string>): readonly string[] {
  try {
    loadTasks(folderOf(files))
  } catch (error) {
    if (error instanceof TaskError) return error.problems
    throw error
  }
  return []
}

describe('the tasks of the repository', () => {
  const tasks = loadTasks(join(PACKAGE, 'tasks'))

  it('are at least 60, of them 12 in Vietnamese', () => {
    expect(tasks.length).toBeGreaterThanOrEqual(60)
    expect(tasks.filter(({ language }) => language === 'vi').length).toBeGreaterThanOrEqual(12)
  })

  it('have a sample of every group', () => {
    const groups = new Set(tasks.map(({ group }) => group))
    expect(new Set(tasks.filter(({ short }) => short).map(({ group }) => group))).toEqual(groups)
  })

  it('are those of the failures', () => {
    expect(loadFailures(PACKAGE, tasks).filter(({ recoverable }) => recoverable).length).toBeGreaterThan(30)
  })
})

describe('a task', () => {
  it('is read for one namespace', () => {
    const [task] = loadTasks(folderOf({ 'read/pods.yaml': TASK }))
    expect(task?.inNamespace('shop-1').questions).toEqual(['Which pods are in shop-1?'])
  })

  it.each([
    ['an unknown field', TASK.replace('title:', 'titel:'), 'read/pods.yaml: title'],
    ['a wrong language', TASK.replace('language: en', 'language: de'), 'read/pods.yaml: language'],
    [
      'a wrong object',
      TASK.replace('v1/Pod/web', 'Pod web'),
      'read/pods.yaml: checks.state[0].object: "Pod web" is not',
    ],
    [
      'two expectations',
      TASK.replace('exists: true', 'exists: true, absent: true'),
      'read/pods.yaml: checks.state[0]: needs exactly one',
    ],
    [
      'a value without a path',
      TASK.replace('exists: true', 'equals: 3'),
      'read/pods.yaml: checks.state[0]: equals needs a path',
    ],
    ['an id that is not its path', TASK.replace('read/pods', 'read/other'), 'read/pods.yaml: id: is "read/other"'],
    ['no answer at the end', TASK.replace('answer: None.', 'call: kubectl_get'), 'read/pods.yaml: solution: '],
    ['broken YAML', 'id: [', 'read/pods.yaml: '],
  ])('is refused with file and field for %s', (_, text, problem) => {
    expect(problemsOf({ 'read/pods.yaml': text }).join('\n')).toContain(problem)
  })

  it('is refused if its question is that of another one', () => {
    const other = TASK.replace('read/pods', 'read/twice')
    expect(problemsOf({ 'read/pods.yaml': TASK, 'read/twice.yaml': other })).toEqual([
      'read/twice.yaml: questions: the same as in read/pods',
    ])
  })

  it('is skipped with the reason without what it needs', () => {
    const tasks = loadTasks(folderOf({ 'read/pods.yaml': `${TASK}needs: [cluster]\n` }))
    const { tasks: selected, skipped } = selectTasks(tasks, { only: [], short: false, has: new Set() })
    expect(selected).toEqual([])
    expect(skipped).toEqual([{ id: 'read/pods', reason: expect.stringContaining('TEST_KUBECONFIG') }])
  })
})
