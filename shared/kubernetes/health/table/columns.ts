/** Classifies table columns by their headings. */

export type ColumnRole =
  /** One status word, or `1/3`. */
  | 'status'
  /** True, False or Unknown; False is bad. Or `1/3`, or a number to compare with the wanted one. */
  | 'ready'
  /** True is bad. */
  | 'negative'
  /** A number that is bad above 0. */
  | 'failures'
  /** `0/1` for work in progress. */
  | 'completions'
  /** The wanted count. */
  | 'wanted'
  /** True: the object is suspended on purpose. */
  | 'suspended'
  | 'ongoing'
  | 'age'
  /** Names, kinds, policies, messages: never a status. */
  | 'other'
  /** An unknown heading: only a capitalised failure word counts. */
  | 'unnamed'

const ROLES: [ColumnRole, RegExp][] = [
  ['age', /^AGE$/],
  ['completions', /^COMPLETIONS$/],
  ['suspended', /^(?:SUSPEND(?:ED)?|PAUSED)$/],
  ['ongoing', /^(?:PROGRESSING|RECONCILING)$/],
  ['other', /(?:NAME|NAMES|NAMESPACE|TYPE|CLASS|MODE|MODES|POLICY|SECRET|MESSAGE|VERSION|REVISION|SELECTOR)$/],
  [
    'other',
    /(?:^|[\s_-])(?:REASON|KIND|STRATEGY|ACTION|STORE|NODE|HOSTS?|URL|IMAGES?|OWNER|PROVIDER|LABELS?|TARGET|SCHEDULE|INTERVAL|DESCRIPTION|CONTAINERS?|IPS?|ADDRESS|PORTS?|PRIMARY|REF|ID|ENGINE|ISSUER|CHART|PATH|DURATION|RESTARTS)$/,
  ],
  ['negative', /^(?:STALLED|DEGRADED|.*PRESSURE|.* FAILURE)$/],
  ['failures', /(?:^|[\s_-])(?:FAILED|FAILURES?|FAILING|ERRORS?|ERRORED|CRASHED|UNHEALTHY)$/],
  ['wanted', /^(?:DESIRED(?: \w+)?|REPLICAS|INSTANCES|NODES|MEMBERS|SIZE|WANTED|EXPECTED|TOTAL|PODS)$/],
  [
    'ready',
    /(?:^|[\s_-])(?:READY|READYTOUSE|READINESS GATES|AVAILABLE|SYNCED|HEALTHY|ESTABLISHED|ACCEPTED|PROGRAMMED|RECONCILED|VALID|SUCCEEDED|INITIALIZED)$/,
  ],
  ['ready', /^(?:READY|AVAILABLE) (?:REPLICAS|INSTANCES|NODES|MEMBERS|PODS)$/],
  ['status', /(?:^|[\s_-])(?:STATUS|STATE|PHASE|HEALTH|ROBUSTNESS|CONDITION|RESULT|SYNC|OUTCOME)$/],
]

/** The role of a column by its upper-case heading. */
export function columnRole(heading: string): ColumnRole {
  const name = heading.trim().toUpperCase()
  return ROLES.find(([, pattern]) => pattern.test(name))?.[0] ?? 'unnamed'
}

/** `1/3` as two numbers. */
export function parseRatio(cell: string): { ready: number; total: number } | undefined {
  const match = /^(\d+)\/(\d+)(?:\s|$)/.exec(cell)
  return match ? { ready: Number(match[1]), total: Number(match[2]) } : undefined
}
