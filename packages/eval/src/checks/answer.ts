/** Whether an answer has the facts that a task expects. */
import type { ChatAnswer } from '#shared/chat/answer'
import type { AnswerCheck } from '../task/answer-check'
import { holdsName, plainText } from './text'

export interface Answered {
  /** All turns of the run. */
  turns: readonly ChatAnswer[]
  /** The text of the answer to the last question. */
  text: string
  /** How many changes a person was asked to approve. */
  approvals: number
}

/** @returns what is wrong; empty if nothing is */
export function answerProblems(check: AnswerCheck, { turns, text, approvals }: Answered): string[] {
  const said = plainText(text)
  const results = plainText(
    turns.flatMap(({ toolCalls }) => toolCalls.map(({ result }) => JSON.stringify(result))).join('\n'),
  )
  return [
    ...check.contains.filter((each) => !holdsOne(said, each)).map((each) => `the answer lacks ${quoted(each)}`),
    ...check.lacks.filter((each) => said.includes(plainText(each))).map((each) => `the answer holds ${quoted(each)}`),
    ...check.matches
      .filter((each) => !new RegExp(each, 'iu').test(said))
      .map((each) => `the answer does not match ${each}`),
    ...check.names.filter((each) => !holdsName(said, each)).map((each) => `the answer does not name ${each}`),
    ...check.withoutNames.filter((each) => holdsName(said, each)).map((each) => `the answer names ${each}`),
    ...check.read.filter((each) => !holdsOne(results, each)).map((each) => `no tool result holds ${quoted(each)}`),
    ...check.unread
      .filter((each) => results.includes(plainText(each)))
      .map((each) => `a tool result holds ${quoted(each)}`),
    ...countProblem(
      'successful calls',
      check.calls,
      turns.flatMap(({ toolCalls }) => toolCalls).filter(({ status }) => status === 'ok').length,
    ),
    ...countProblem('changes', check.changes, changesOf(turns)),
    ...countProblem('approvals', check.approvals, approvals),
  ]
}

const DONE: ReadonlySet<string> = new Set(['created', 'updated', 'deleted', 'terminating'])

/** How many objects the turns changed. */
function changesOf(turns: readonly ChatAnswer[]): number {
  const results = turns.flatMap(({ toolCalls }) => toolCalls.map(({ result }) => result))
  return results.flatMap((result) =>
    result.kind === 'outcome' ? result.objects.filter(({ state }) => DONE.has(state)) : [],
  ).length
}

function holdsOne(text: string, alternatives: string | readonly string[]): boolean {
  return [alternatives].flat().some((each) => text.includes(plainText(each)))
}

function countProblem(what: string, expected: number | readonly [number, number] | undefined, count: number): string[] {
  if (expected === undefined) return []
  const [least, most] = typeof expected === 'number' ? [expected, expected] : expected
  if (count >= least && count <= most) return []
  return [`${count} ${what} instead of ${least === most ? least : `${least} to ${most}`}`]
}

function quoted(alternatives: string | readonly string[]): string {
  return [alternatives]
    .flat()
    .map((each) => `"${each}"`)
    .join(' or ')
}
