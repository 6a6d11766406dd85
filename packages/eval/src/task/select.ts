/** Which tasks run, and why the others do not. */
import type { LoadedTask } from './load'
import type { Need } from './schema'

export interface Selection {
  tasks: LoadedTask[]
  skipped: { id: string; reason: string }[]
}

const REASONS: Record<Need, string> = {
  cluster: 'needs a real control plane: set TEST_KUBECONFIG',
}

/** @param only ids, groups or parts of ids; empty: all */
export function selectTasks(
  all: readonly LoadedTask[],
  { only, short, has }: { only: readonly string[]; short: boolean; has: ReadonlySet<Need> },
): Selection {
  const asked = all.filter(
    ({ id, short: inSample }) => (only.length === 0 || only.some((part) => id.includes(part))) && (!short || inSample),
  )
  const skipped = asked.flatMap(({ id, needs }) => {
    const missing = needs.find((need) => !has.has(need))
    return missing === undefined ? [] : [{ id, reason: REASONS[missing] }]
  })
  const isSkipped = new Set(skipped.map(({ id }) => id))
  return { tasks: asked.filter(({ id }) => !isSkipped.has(id)), skipped }
}
