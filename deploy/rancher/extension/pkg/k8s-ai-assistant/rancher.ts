/** The little that the extension reads of Rancher's store and router, whose own types are `any`. */
export interface Route {
  name?: unknown
  params: Record<string, unknown>
  query: Record<string, unknown>
}

export interface Rancher {
  getters: Record<string, unknown>
  dispatch: (action: string, payload: unknown) => unknown
  commit: (mutation: string, payload: unknown) => void
  $router: { currentRoute: { value: Route }; push: (to: object) => unknown }
}

let connected: Rancher | undefined

/** Called once, when Rancher loads the extension. */
export function connectRancher(store: Rancher): void {
  connected = store
}

/** @throws Error before `connectRancher` */
export function rancher(): Rancher {
  if (!connected) throw new Error('Rancher has not loaded the extension')
  return connected
}

/** Calls a getter that is a function; undefined if this Rancher has none. */
export function callGetter(name: string, ...args: unknown[]): unknown {
  const getter = rancher().getters[name]
  return typeof getter === 'function' ? getter(...args) : undefined
}

/** The value at a path inside of a foreign object; undefined if there is none. */
export function valueAt(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  )
}

/** A text of `l10n/` in the user's language. */
export function text(key: string, args?: Record<string, unknown>): string {
  return String(callGetter('i18n/t', `k8sAiAssistant.${key}`, args) ?? key)
}

export function currentRoute(): Route {
  return rancher().$router.currentRoute.value
}

export function currentCluster(): string | undefined {
  const id = valueAt(rancher().getters.currentCluster, 'id')
  return typeof id === 'string' ? id : undefined
}
