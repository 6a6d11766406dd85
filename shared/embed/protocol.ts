/**
 * The messages between the page in a frame and its host. Without imports, so that the host's own build needs neither our
 * aliases nor zod; both sides use these parsers.
 */

/** Marks our messages among those of others, and carries the protocol's version. */
export const PROTOCOL = 'k8s-ai-assistant/1'

export const EMBED_LIMITS = { resources: 20, namespaces: 20, text: 4000 }

export const THEMES = ['light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export interface ResourceReference {
  /** E.g. `v1`, `apps/v1`. */
  apiVersion: string
  /** E.g. `Deployment`. */
  kind: string
  /** Absent for cluster-scoped kinds. */
  namespace?: string
  name: string
}

/** What the host's page shows: a hint about what a question may mean, never an authority. */
export interface EmbedContext {
  /** The host's id of the cluster, e.g. `local`, `c-m-abc12`. */
  cluster?: string
  /** The cluster's name for people. */
  clusterName?: string
  namespaces: string[]
  resources: ResourceReference[]
}

/** The messages of the frame that the host handles. The page shows no controls for the others. */
export interface HostAbilities {
  navigate: boolean
  open: boolean
}

export type HostMessage =
  /** The answer to each `ready`. */
  | { type: 'hello'; theme: Theme; locale: string; context: EmbedContext; can: HostAbilities }
  | { type: 'theme'; theme: Theme }
  /** `locale` is a BCP 47 tag. */
  | { type: 'locale'; locale: string }
  | { type: 'context'; context: EmbedContext }
  /** The user asks in the host. Sent at once if the assistant is idle and its prompt is empty; otherwise it is a draft. */
  | { type: 'ask'; text: string; context: EmbedContext }

export type FrameMessage =
  /** The page listens. Repeated until the host answers. */
  | { type: 'ready' }
  /** The user clicked an object. The host builds its own route from the reference. */
  | { type: 'navigate'; cluster?: string; resource: ResourceReference }
  /** For a mark on the host's button. */
  | { type: 'badge'; approvals: number; isBusy: boolean }
  /** The user wants the assistant in a larger place; the frame's path there is `#/<conversation>`. */
  | { type: 'open'; conversation?: string }
  /** The conversation that the frame shows, for a host that opens it again; absent for a new one. */
  | { type: 'conversation'; conversation?: string }

const CLUSTER = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$/
const CLUSTER_NAME = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ._-]{0,98}[\p{L}\p{M}\p{N}])?$/u
const NAMESPACE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/
/** Colons occur in the names of RBAC objects. */
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9.:_-]{0,251}[A-Za-z0-9])?$/
const KIND = /^[A-Z][A-Za-z0-9]{0,62}$/
const API_VERSION = /^(?:[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?\/)?v[a-z0-9]{1,30}$/
const LOCALE = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}$/
const CONVERSATION = /^[A-Za-z0-9_-]{1,64}$/

/** @returns undefined for anything but a valid message of the host */
export function parseHostMessage(data: unknown): HostMessage | undefined {
  const type = typeOf(data)
  const theme = THEMES.find((each) => each === field(data, 'theme'))
  const locale = matching(LOCALE, field(data, 'locale'))
  const context = parseContext(field(data, 'context'))
  const text = bounded(field(data, 'text'))
  if (type === 'hello' && theme && locale)
    return { type, theme, locale, context, can: parseAbilities(field(data, 'can')) }
  if (type === 'theme' && theme) return { type, theme }
  if (type === 'locale' && locale) return { type, locale }
  if (type === 'context') return { type, context }
  if (type === 'ask' && text) return { type, text, context }
  return undefined
}

/** @returns undefined for anything but a valid message of the frame */
export function parseFrameMessage(data: unknown): FrameMessage | undefined {
  const type = typeOf(data)
  switch (type) {
    case 'ready':
      return { type: 'ready' }
    case 'navigate': {
      const resource = parseResource(field(data, 'resource'))
      const cluster = optional(CLUSTER, field(data, 'cluster'))
      return resource && cluster && { type: 'navigate', ...named('cluster', cluster), resource }
    }
    case 'badge': {
      const [approvals, isBusy] = [field(data, 'approvals'), field(data, 'isBusy')]
      const isCount =
        typeof approvals === 'number' && Number.isInteger(approvals) && approvals >= 0 && approvals <= 1000
      return isCount && typeof isBusy === 'boolean' ? { type: 'badge', approvals, isBusy } : undefined
    }
    case 'open':
    case 'conversation': {
      const conversation = optional(CONVERSATION, field(data, 'conversation'))
      return conversation && { type, ...named('conversation', conversation) }
    }
    default:
      return undefined
  }
}

/** Leaves out invalid entries and those above the limits: one odd name must not cost the rest. */
export function parseContext(data: unknown): EmbedContext {
  return {
    ...named('cluster', valid(CLUSTER, field(data, 'cluster'))),
    ...named('clusterName', valid(CLUSTER_NAME, field(data, 'clusterName'))),
    namespaces: parseList(field(data, 'namespaces'), EMBED_LIMITS.namespaces, (each) => matching(NAMESPACE, each)),
    resources: parseList(field(data, 'resources'), EMBED_LIMITS.resources, parseResource),
  }
}

/** @returns undefined if a field is invalid */
export function parseResource(data: unknown): ResourceReference | undefined {
  const apiVersion = matching(API_VERSION, field(data, 'apiVersion'))
  const kind = matching(KIND, field(data, 'kind'))
  const namespace = optional(NAMESPACE, field(data, 'namespace'))
  const name = matching(NAME, field(data, 'name'))
  if (!apiVersion || !kind || !namespace || !name) return undefined
  return { apiVersion, kind, ...named('namespace', namespace), name }
}

function parseAbilities(data: unknown): HostAbilities {
  return { navigate: field(data, 'navigate') === true, open: field(data, 'open') === true }
}

function typeOf(data: unknown): unknown {
  return field(data, 'protocol') === PROTOCOL ? field(data, 'type') : undefined
}

/** Own properties only: the value is of another program. */
function field(data: unknown, name: string): unknown {
  if (typeof data !== 'object' || data === null) return undefined
  return Object.getOwnPropertyDescriptor(data, name)?.value
}

function matching(pattern: RegExp, value: unknown): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined
}

/** @returns an empty object if the value is absent, undefined if it is invalid */
function optional(pattern: RegExp, value: unknown): { value?: string } | undefined {
  if (value === undefined || value === null || value === '') return {}
  const found = matching(pattern, value)
  return found === undefined ? undefined : { value: found }
}

/** The same, without an invalid value. */
function valid(pattern: RegExp, value: unknown): { value?: string } {
  return optional(pattern, value) ?? {}
}

function named<K extends string>(name: K, { value }: { value?: string }): { [P in K]?: string } {
  const entry: { [P in K]?: string } = {}
  if (value !== undefined) entry[name] = value
  return entry
}

function bounded(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' && value.length <= EMBED_LIMITS.text ? value : undefined
}

function parseList<T>(value: unknown, most: number, parse: (each: unknown) => T | undefined): T[] {
  if (!Array.isArray(value)) return []
  const found: T[] = []
  for (const each of value.slice(0, most)) {
    const parsed = parse(each)
    if (parsed !== undefined) found.push(parsed)
  }
  return found
}
