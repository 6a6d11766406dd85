/** Tool results in kubernetes-mcp-server's format, as the JSON of an MCP response. Each is built once. */

/** Just below the limit of the MCP SDK over stdio: it ends the session at a message of 10 MiB. */
const LARGE_BYTES = 10_000_000
const LARGE_ROWS = 40_000

const COLUMNS = ['NAMESPACE', 'APIVERSION', 'KIND', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'IP', 'NODE']
const MORE_COLUMNS = ['NOMINATED NODE', 'READINESS GATES', 'LABELS']

export const smallTable = once(() => text(table(12)))
export const largeTable = once(() => text(table(LARGE_ROWS)))
export const largeLog = once(() => text(plainLog(LARGE_BYTES)))

function once(make: () => string): () => string {
  let made: string | undefined
  return () => (made ??= make())
}

function text(words: string): string {
  return JSON.stringify({ content: [{ type: 'text', text: words }] })
}

function table(count: number): string {
  const rows = Array.from({ length: count }, (_, at) => {
    const app = `service-${at % 200}`
    const name = `${app}-${hash(at, 10)}-${hash(at * 7, 5)}`
    const labels = `app=${app},app.kubernetes.io/managed-by=Helm,pod-template-hash=${hash(at, 10)}`
    const status = at % 50 === 0 ? 'CrashLoopBackOff' : 'Running'
    const address = `10.244.${at % 250}.${at % 240}`
    const state = [at % 50 === 0 ? '0/1' : '1/1', status, String(at % 7), '9m59s', address, `worker-${at % 40}`]
    return [`team-${at % 30}`, 'v1', 'Pod', name, ...state, '<none>', '<none>', labels]
  })
  const all = [[...COLUMNS, ...MORE_COLUMNS], ...rows]
  const widths = (all[0] ?? []).map((_, at) => all.reduce((width, row) => Math.max(width, row[at]?.length ?? 0), 0))
  return all.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('   ')).join('\n')
}

/** A request log without credentials. */
export function plainLog(bytes: number): string {
  return lines(bytes, requestLine)
}

/** A log with a credential of varying kind in each line. */
export function credentialLog(bytes: number): string {
  return lines(bytes, (at) => `${requestLine(at)} ${credential(at)}`)
}

/** A list of Secrets in kubernetes-mcp-server's format. */
export function secretManifests(bytes: number): string {
  return lines(bytes, (at) =>
    [
      '- apiVersion: v1',
      '  data:',
      `    password: ${Buffer.from(hash(at, 24)).toString('base64')}`,
      `    tls.crt: ${Buffer.from(hash(at, 900)).toString('base64')}`,
      '  kind: Secret',
      `  metadata: {name: secret-${at}, namespace: team-${at % 30}, resourceVersion: "${at}"}`,
    ].join('\n'),
  )
}

function credential(at: number): string {
  const secret = hash(at, 32)
  const kinds = [
    `password=${secret}`,
    `authorization: Bearer ${secret}`,
    `db=postgres://app:${secret}@db:5432/app`,
    `payload=${Buffer.from(`{"user":"app","token":"${secret}"}`).toString('base64')}`,
  ]
  return kinds[at % kinds.length] ?? ''
}

function requestLine(at: number): string {
  const time = new Date(1_795_000_000_000 + at * 130).toISOString()
  const level = at % 40 === 0 ? 'ERROR' : 'INFO '
  return `${time} ${level} http request id=${hash(at, 16)} method=GET path=/api/carts/${at % 5000} status=200 ms=${at % 90}`
}

function lines(bytes: number, line: (at: number) => string): string {
  const all: string[] = []
  for (let size = 0, at = 0; size < bytes; at++) {
    const next = line(at)
    all.push(next)
    size += next.length + 1
  }
  return all.join('\n')
}

/** Hash-like letters and digits, deterministic. */
function hash(seed: number, length: number): string {
  let state = (seed * 2_654_435_761) >>> 0
  let word = ''
  while (word.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    word += (state >>> 4).toString(36)
  }
  return word.slice(0, length)
}
