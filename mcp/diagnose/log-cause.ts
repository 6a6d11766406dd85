/** The lines of a log that tell why a container ended, and what they say. */
import { keyLines, logBlocks, readableLine } from '../../shared/results/log-lines'
import { msg } from '../../shared/messages/create'
import type { Message } from '../../shared/messages/message'
import { hostsInLog } from './hosts'
import type { ContainerLog } from './world/world'

/** Lines of one log that are shown. */
const MOST_LINES = 4

/** The last error with its cause, or the last line if nothing looks like an error. In the log's order. */
export function decisiveLines({ lines }: ContainerLog): string[] {
  const filled = lines.filter((line) => line.trim() !== '')
  const blocks = logBlocks(filled)
  const last =
    blocks.findLast(({ level }) => level === 'fatal') ??
    blocks.findLast(({ level }) => level === 'error') ??
    blocks.findLast(({ level }) => level === 'warn')
  if (!last) return filled.slice(-1).map((line) => readableLine(line))
  const indexes = keyLines(filled, last).slice(0, MOST_LINES)
  // The error before the last one often names what the last one only reports.
  const before = blocks
    .filter((each) => each.end <= last.start && (each.level === 'error' || each.level === 'fatal'))
    .at(-1)
  if (before && indexes.length < MOST_LINES) indexes.push(before.start)
  return indexes.sort((one, other) => one - other).map((index) => readableLine(filled[index] ?? ''))
}

interface LogCause {
  cause: Message
  next: Message
  /** Hosts that the line names. */
  hosts: string[]
}

interface Pattern {
  match: RegExp
  cause: (container: string, match: RegExpExecArray, hosts: string[]) => Message
  next: () => Message
}

const UNKNOWN_HOST =
  /no such host|ENOTFOUND|EAI_AGAIN|Name or service not known|could not translate host name|[Cc]ould not resolve host|UnknownHostException|Temporary failure in name resolution|nodename nor servname|getaddrinfo failed|[Nn]o address associated with hostname|bad address/
const REFUSED =
  /connection refused|ECONNREFUSED|actively refused|[Cc]ould not connect to server|[Cc]onnection reset by peer|ECONNRESET|no route to host|EHOSTUNREACH|network is unreachable/i
const TIMEOUT =
  /ETIMEDOUT|i\/o timeout|connect(?:ion)? timed? ?out|context deadline exceeded|[Tt]imed out (?:connecting|waiting for connection)/i

/** The most specific first. */
const PATTERNS: readonly Pattern[] = [
  {
    match: UNKNOWN_HOST,
    cause: (container, _, hosts) => msg('crash-unknown-host', { container, host: hosts[0] ?? '?' }),
    next: () => msg('next-unknown-host'),
  },
  {
    match: REFUSED,
    cause: (container, _, hosts) => msg('crash-refused', { container, host: hosts[0] ?? '?' }),
    next: () => msg('next-refused'),
  },
  {
    match: TIMEOUT,
    cause: (container, _, hosts) => msg('crash-timeout', { container, host: hosts[0] ?? '?' }),
    next: () => msg('next-timeout'),
  },
  {
    match:
      /password authentication failed|[Aa]ccess denied for user|[Aa]uthentication failed|WRONGPASS|NOAUTH|invalid (?:username or )?password|401 Unauthorized|login failed/,
    cause: (container) => msg('crash-login', { container }),
    next: () => msg('next-login'),
  },
  {
    match: /no space left on device|ENOSPC|disk quota exceeded/i,
    cause: (container) => msg('crash-disk-full', { container }),
    next: () => msg('next-disk-full'),
  },
  {
    match: /address already in use|EADDRINUSE/i,
    cause: (container) => msg('crash-address-in-use', { container }),
    next: () => msg('next-address-in-use'),
  },
  {
    match:
      /x509: |certificate (?:has expired|verify failed|is not yet valid|signed by unknown)|CERT_HAS_EXPIRED|self[- ]signed certificate|PKIX path/i,
    cause: (container) => msg('crash-certificate', { container }),
    next: () => msg('next-crash-certificate'),
  },
  {
    match: /is forbidden: User "([^"]+)"|cannot (?:list|get|watch|create|update|patch|delete) resource/,
    cause: (container) => msg('crash-forbidden', { container }),
    next: () => msg('next-crash-forbidden'),
  },
  {
    match: /[Rr]ead-only file ?system|EROFS/,
    cause: (container) => msg('crash-read-only', { container }),
    next: () => msg('next-crash-read-only'),
  },
  {
    match: /permission denied|EACCES|Operation not permitted|EPERM/i,
    cause: (container) => msg('crash-permission', { container }),
    next: () => msg('next-crash-permission'),
  },
  {
    match: /exec format error/i,
    cause: (container) => msg('crash-architecture', { container }),
    next: () => msg('next-crash-architecture'),
  },
  {
    match:
      /(?:[Ee]nvironment variable|[Ee]nv(?:ironment)? var|[Rr]equired variable|[Mm]issing (?:required )?(?:env(?:ironment)?(?: variable)?|variable))[: ]*["'`]?(\w+)?["'`]?|["'`]?([A-Z][A-Z0-9_]{2,})["'`]? (?:is|was) (?:not set|required|missing|undefined|unset)|KeyError: '([A-Z][A-Z0-9_]+)'/,
    cause: (container, match) => msg('crash-variable', { container, name: match.slice(1).find(Boolean) ?? '?' }),
    next: () => msg('next-crash-variable'),
  },
  {
    match: /OutOfMemoryError|out of memory|Cannot allocate memory|JavaScript heap out of memory/i,
    cause: (container) => msg('crash-memory', { container }),
    next: () => msg('next-memory'),
  },
  {
    match:
      /(?:no such file or directory|ENOENT|FileNotFoundException|FileNotFoundError|cannot find module|ModuleNotFoundError)/i,
    cause: (container) => msg('crash-file', { container }),
    next: () => msg('next-crash-file'),
  },
]

/** What the lines say; undefined if no known pattern matches. */
export function logCause(container: string, lines: readonly string[]): LogCause | undefined {
  for (const { match, cause, next } of PATTERNS)
    for (const line of lines) {
      const found = match.exec(line)
      if (!found) continue
      const hosts = hostsInLog(line)
      return { cause: cause(container, found, hosts), next: next(), hosts }
    }
  return undefined
}
