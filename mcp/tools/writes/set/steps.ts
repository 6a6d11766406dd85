/** JSON patch steps that set fields of one container and fail if the container has changed. */
import { isRecord } from '../../../../shared/kubernetes/fields'
import { at, listAt, recordAt, textAt } from '../../../kubernetes/read/fields'
import type { Pairs } from '../pairs'
import type { ChosenContainer } from './container'

export interface ContainerChange {
  image?: string | undefined
  env?: Pairs | undefined
  requests?: Pairs | undefined
  limits?: Pairs | undefined
}

type Step = { op: 'test' | 'add'; path: string; value: unknown } | { op: 'remove'; path: string }

export function setSteps({ name, spec, pointer }: ChosenContainer, change: ContainerChange): Step[] {
  const { image, env } = change
  const isSame: Step = { op: 'test', path: `${pointer}/name`, value: name }
  return [
    isSame,
    ...(image === undefined ? [] : [{ op: 'add' as const, path: `${pointer}/image`, value: image }]),
    ...(env ? [{ op: 'add' as const, path: `${pointer}/env`, value: mergedEnv(listAt(spec, 'env'), env) }] : []),
    ...resourceSteps(spec, pointer, change),
  ]
}

/** Keeps the order and appends new variables, since a variable may refer to earlier ones. */
function mergedEnv(live: unknown[], pairs: Pairs): unknown[] {
  const kept = live.flatMap((variable) => {
    const name = textAt(variable, 'name')
    if (!Object.hasOwn(pairs, name)) return [variable]
    const value = pairs[name] ?? null
    return value === null ? [] : [{ name, value }]
  })
  const names = new Set(live.map((variable) => textAt(variable, 'name')))
  const added = Object.entries(pairs).flatMap(([name, value]) =>
    value === null || names.has(name) ? [] : [{ name, value }],
  )
  return [...kept, ...added]
}

function resourceSteps(spec: unknown, pointer: string, { requests, limits }: ContainerChange): Step[] {
  if (!requests && !limits) return []
  const live = recordAt(spec, 'resources')
  const value = {
    ...live,
    ...(requests && { requests: mergedAmounts(at(live, 'requests'), requests) }),
    ...(limits && { limits: mergedAmounts(at(live, 'limits'), limits) }),
  }
  return [{ op: 'add', path: `${pointer}/resources`, value }]
}

function mergedAmounts(live: unknown, pairs: Pairs): Record<string, unknown> {
  const merged = new Map(Object.entries(isRecord(live) ? live : {}))
  for (const [name, value] of Object.entries(pairs)) {
    if (value === null) merged.delete(name)
    else merged.set(name, value)
  }
  return Object.fromEntries(merged)
}
