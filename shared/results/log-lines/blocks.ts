/** Groups lines into messages: a stack trace belongs to the error above it, and readers need its causes. */
import { atOnce, type Steps } from '../../steps'
import { isContinuation, severityOf } from './severity'
import type { LogLevel } from './severity'

/** Lines of one message, from `start` to before `end`. */
export interface LogBlock {
  start: number
  end: number
  level: LogLevel | undefined
}

/** `org.example.NoException: text`, `ValueError: text`, `Error: text`: an exception line, not a cause. */
const EXCEPTION_LINE = /^(?:[\w$]+[./])*[A-Z][\w$]*(?:Exception|Error|Failure|Fault|Interrupt|Exit)(?::|$)/
const CAUSE = /^\s*(?:Caused by:|Suppressed:|\[?cause\]?:)/
const FRAME = /^\s+(?:at |File "|\d+: |from )|^\t\S+\.\w+:\d+/
const TRACEBACK = /Traceback \(most recent call last\)/
const CHAINED = /^(?:During handling of the above exception|The above exception was the direct cause)/
const GO_PANIC = /^(?:panic: |fatal error: )|\bpanic recovered\b/
const GO_TRACE = /^(?:goroutine \d+|\[signal |created by |exit status \d|[\w./*()-]{1,200}\(|\t|$)/
/** A longer block is not a single message. */
const MAX_LINES = 2_000

/** Lines of one step. */
const STEP_LINES = 2_000

/** Splits all lines into blocks, in order. */
export function logBlocks(lines: readonly string[]): LogBlock[] {
  return atOnce(logBlockSteps(lines))
}

/** The same in steps. */
export function* logBlockSteps(lines: readonly string[]): Steps<LogBlock[]> {
  const blocks: LogBlock[] = []
  let block: LogBlock | undefined
  for (const [index, line] of lines.entries()) {
    if (index % STEP_LINES === STEP_LINES - 1) yield
    if (block && index - block.start < MAX_LINES && belongsTo(lines, block, line, index)) {
      block.end = index + 1
      continue
    }
    block = { start: index, end: index + 1, level: severityOf(line) }
    blocks.push(block)
  }
  return blocks
}

function belongsTo(lines: readonly string[], block: LogBlock, line: string, index: number): boolean {
  if (isContinuation(line)) return true
  const first = lines[block.start] ?? ''
  if (isGoPanic(first)) return GO_TRACE.test(line)
  if (!isError(block.level)) return false
  const before = lines[index - 1] ?? ''
  const after = lines[index + 1] ?? ''
  if (CHAINED.test(line)) return true
  if (line === '') return CHAINED.test(after) || CHAINED.test(before)
  if (TRACEBACK.test(line)) return index === block.start + 1 || CHAINED.test(lines[index - 2] ?? '')
  if (!EXCEPTION_LINE.test(line)) return false
  // Directly below the error that it explains, or at the end of a Python traceback.
  return (
    (index === block.start + 1 && !EXCEPTION_LINE.test(first)) || (/^\s/.test(before) && hasTraceback(lines, block))
  )
}

/** Most lines have neither word, which is cheaper to see. */
function isGoPanic(line: string): boolean {
  return (line.includes('panic') || line.startsWith('fatal')) && GO_PANIC.test(line)
}

function hasTraceback(lines: readonly string[], { start, end }: LogBlock): boolean {
  return lines.slice(start, end).some((line) => TRACEBACK.test(line))
}

function isError(level: LogLevel | undefined): boolean {
  return level === 'error' || level === 'fatal'
}

/**
 * The lines that explain a block's error, most informative first: head, exception, last cause, other causes, and the
 * failing frame.
 */
export function keyLines(lines: readonly string[], { start, end }: LogBlock): number[] {
  const rest = Array.from({ length: end - start - 1 }, (_, at) => start + 1 + at)
  const text = (index: number) => lines[index] ?? ''
  const exceptions = rest.filter((index) => EXCEPTION_LINE.test(text(index)))
  const causes = rest.filter((index) => CAUSE.test(text(index)))
  const frames = rest.filter((index) => FRAME.test(text(index)))
  // Python prints the failing frame last, others first.
  const frame = hasTraceback(lines, { start, end, level: undefined }) ? frames.at(-1) : frames[0]
  // An indented detail outside a stack trace: the rest of a message.
  const details = frames.length === 0 ? rest.filter((index) => text(index).trim() !== '').slice(0, 4) : []
  const wanted = [start, exceptions.at(-1), causes.at(-1), ...exceptions, ...causes.toReversed(), frame, ...details]
  return [...new Set(wanted.filter((index) => index !== undefined))]
}

/** The line without times, numbers and identifiers, equal for its repetitions. */
export function shapeOf(line: string): string {
  return line
    .slice(0, 400)
    .replace(/\b[0-9a-f]{8,}(?:-[0-9a-f]{4,})*\b/gi, '#')
    .replace(/\d+(?:[.:,T/-]\d+)*Z?/g, '#')
}
