/** Chooses the runs of a container to read: the current one, and the previous one if that holds the cause. */
import { both, msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { runMark, severitiesOf } from '../../../shared/results/log-lines'
import { KubeError } from '../../kubernetes/errors/errors'
import { utc } from './note'
import { endText } from './pod'
import type { Container } from './pod'
import { AROUND, readAround, readEnd } from './read'
import type { LogPart, LogTarget } from './request'
import { searchLog } from './search'
import type { LogTime } from './times'

export interface LogQuestion {
  previous: boolean
  since: LogTime | undefined
  around: LogTime | undefined
  search: string | undefined
  limit: number | undefined
  now: number
}

export interface ReadRuns extends LogPart {
  /** True if the lines come only from the previous run. */
  previous: boolean
}

/** Default line limits by question, and the maximum. */
const LIMITS = { end: 200, range: 1_000, search: 60, most: 5_000 }
/** A restart this recent is shown with its cause. In milliseconds. */
const RECENT = 3_600_000

/** The kubelet's placeholder for a missing log. */
const GONE = /^(?:unable to retrieve container logs for \S+|failed to try resolving symlinks in path "?\/var\/log)/

/** @throws KubeError if the log is unreadable */
export async function readRuns(
  container: Container,
  question: LogQuestion,
  target: Omit<LogTarget, 'previous'>,
): Promise<ReadRuns> {
  const current = () => readRun(question, { ...target, previous: false })
  const previous = async () =>
    container.last ? await readPrevious(question, { ...target, previous: true }) : undefined
  const ended = endNotes(container)

  if (question.previous || isBeforeRun(question.around, container)) {
    const part = await previous()
    if (part) return { ...part, previous: true, notes: [...ended, ...part.notes] }
    const now = await current()
    if (!question.previous) return { ...now, previous: false, notes: [...ended, ...now.notes] }
    return { ...now, previous: false, notes: [noPrevious(container), ...ended, ...now.notes] }
  }

  const part = await current()
  const earlier = needsPrevious(container, question, part) ? await previous() : undefined
  if (!earlier || isEmpty(earlier) || isSame(earlier, part)) {
    const empty =
      isEmpty(part) && question.search === undefined && !question.since && !question.around && part.end !== 'broken'
    if (!empty) return { ...part, previous: false, notes: [...ended, ...part.notes] }
    // The node's own message if the log is gone.
    const gone = part.notes.filter(({ code }) => code === 'log-gone')
    const none = gone.length > 0 ? gone : [msg('log-empty', { container: container.name })]
    return { ...part, lines: [], shown: 0, previous: false, notes: [...ended, ...none] }
  }
  if (isEmpty(part) && question.search === undefined && !question.since) {
    return { ...earlier, previous: true, notes: [msg('current-run-empty'), ...ended, ...earlier.notes] }
  }
  return bothRuns(container, earlier, part, ended)
}

async function readRun({ search, around, since, limit }: LogQuestion, target: LogTarget): Promise<LogPart> {
  const most = (preset: number) =>
    limit === undefined || limit < 1 ? preset : Math.min(Math.floor(limit), LIMITS.most)
  const part =
    search !== undefined && search.trim() !== ''
      ? await searchLog(target, search.trim(), most(LIMITS.search), { since, around })
      : around
        ? await readAround(target, most(LIMITS.range), around)
        : await readEnd(target, most(since ? LIMITS.range : LIMITS.end), since)
  if (part.lines.length > 2 || !part.lines.some((line) => GONE.test(line))) return part
  return { ...part, lines: [], shown: 0, total: undefined, complete: false, notes: [msg('log-gone')] }
}

/** Undefined if the node has no previous run. */
async function readPrevious(question: LogQuestion, target: LogTarget): Promise<LogPart | undefined> {
  try {
    return await readRun(question, target)
  } catch (error) {
    if (error instanceof KubeError && error.code === 'bad-request') return undefined
    throw error
  }
}

/** True if the requested time is entirely before the current run. */
function isBeforeRun(around: LogTime | undefined, { runningSince }: Container): boolean {
  return around !== undefined && runningSince !== undefined && around.ms + AROUND < Date.parse(runningSince)
}

function needsPrevious(container: Container, { search, since, around, now }: LogQuestion, part: LogPart): boolean {
  const { last, runningSince } = container
  if (!last) return false
  if (around) return runningSince !== undefined && around.ms - AROUND < Date.parse(runningSince)
  if (search !== undefined) return part.found === 0
  if (since) return runningSince !== undefined && since.ms < Date.parse(runningSince)
  if (isEmpty(part)) return true
  const ended = Date.parse(last.finishedAt ?? '')
  return last.exitCode !== 0 && !(now - ended > RECENT) && !showsCause(part)
}

function isEmpty({ lines }: LogPart): boolean {
  return lines.every((line) => line.trim() === '')
}

function showsCause({ lines }: LogPart): boolean {
  return severitiesOf(lines).some((level) => level === 'error' || level === 'fatal')
}

/** While a container waits for its restart, the node serves one run as both current and previous. */
function isSame(one: LogPart, other: LogPart): boolean {
  return one.lines.length === other.lines.length && one.lines.every((line, at) => line === other.lines[at])
}

function bothRuns(container: Container, earlier: LogPart, part: LogPart, ended: ResultNote[]): ReadRuns {
  const { last, runningSince } = container
  const end = last ? `, ended ${last.finishedAt ? `${utc(last.finishedAt)}: ` : ''}${endText(last)}` : ''
  const start = runningSince ? `, started ${utc(runningSince)}` : ''
  return {
    lines: [runMark(`previous run${end}`), ...earlier.lines, runMark(`current run${start}`), ...part.lines],
    shown: earlier.shown + part.shown,
    total: earlier.total === undefined || part.total === undefined ? undefined : earlier.total + part.total,
    complete: earlier.complete && part.complete,
    notes: [
      ...ended,
      ...earlier.notes.map((note) => msg('of-previous-run', { note })),
      ...part.notes.map((note) => msg('of-current-run', { note })),
    ],
    end: part.end,
    previous: false,
  }
}

function noPrevious({ name }: Container): ResultNote {
  return msg('no-previous-run', { container: name })
}

/** How the container's runs ended, which is what most questions about its log are after. */
function endNotes({ waiting, terminated, last, restarts }: Container): ResultNote[] {
  const end = terminated ?? last
  if (!end) return []
  const said = end.message?.trim().replace(/\s+/g, ' ').slice(0, 200)
  const how = endText(end)
  const ended = end.finishedAt ? msg('ended-at', { time: utc(end.finishedAt), how }) : msg('ended-with', { how })
  const times = msg('restarts', { n: restarts })
  const sentence = terminated
    ? msg('container-ended', { ended })
    : waiting
      ? msg('last-run-ended', { reason: waiting.reason || msg('waiting'), times, ended })
      : msg('restarted', { times, ended })
  return [both(sentence, said ? msg('its-message', { message: said }) : undefined)]
}
