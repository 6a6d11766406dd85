/** `npm run audit`: prints the audit, newest last. */
import { readEnvironment } from '../../shared/environment/read'
import { auditPath } from '../../server/audit/path'
import { readPrintOptions, UsageError } from './options'
import { readAudit } from './read'
import { auditTable } from './table'

/** Line width if the output is not a terminal. */
const NO_TERMINAL = 100_000

try {
  const options = readPrintOptions(process.argv.slice(2), Date.now())
  const { lines, broken } = await readAudit(
    options.file ?? auditPath(readEnvironment(process.env, 'app').environment),
    options,
  )
  // JSON has no raw control characters, and other sequences that a terminal obeys are escaped.
  const json = () => lines.map((line) => escaped(JSON.stringify(line))).join('\n')
  const text = options.json ? json() : auditTable(lines, process.stdout.columns ?? NO_TERMINAL)
  if (text !== '') process.stdout.write(`${text}\n`)
  if (broken > 0) process.stderr.write(`${broken} ${broken === 1 ? 'line' : 'lines'} could not be read.\n`)
} catch (error) {
  if (error instanceof UsageError) process.stderr.write(`${error.message}\n`)
  else if (isMissing(error)) process.stderr.write(`There is no audit yet: ${error.message}\n`)
  else throw error
  process.exitCode = 1
}

function escaped(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function isMissing(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
