/** Who wrote a change: the entry of `managedFields` that owns the changed fields. */
import { stepsText, ownedFields } from '../changes/ownership/fields-v1'
import { ownerName } from '../changes/ownership/managers'
import type { Change } from './types'
import type { Write, Written } from './history/written'
import { isRoutine } from './history/written'

/** Between a write and the revision that a controller makes of it. In milliseconds. */
const SOON = 15_000

/**
 * The writer of a template.
 * @param paths changed fields, e.g. `spec.template.spec.containers[web].image`
 * @param isNewest no later revision changed these fields: their owner wrote them, whenever it last wrote
 */
export function writerOf(
  written: Written | undefined,
  paths: readonly string[],
  { at, isNewest }: { at: number; isNewest: boolean },
): Write | undefined {
  const owners = (written?.writes ?? []).filter(
    (write) => write.subresource === '' && !isRoutine(write) && ownsOne(write, paths),
  )
  const near = owners.filter((write) => Math.abs(write.at - at) <= SOON)
  const [nearest] = near.sort((one, other) => Math.abs(one.at - at) - Math.abs(other.at - at))
  // Later writes of the same manager have replaced the time.
  return nearest ?? (isNewest ? owners.filter((write) => write.at >= at).at(-1) : undefined)
}

function ownsOne(write: Write, paths: readonly string[]): boolean {
  const owned = new Set(ownedFields(write.fields).map(stepsText))
  return paths.some(
    (path) => owned.has(path) || [...owned].some((each) => isWithin(path, each) || isWithin(each, path)),
  )
}

function isWithin(path: string, parent: string): boolean {
  return path.startsWith(parent) && /^[.[]/.test(path.slice(parent.length))
}

/** The fields of a change that name its writer. */
export function writtenBy(write: Write | undefined): Pick<Change, 'manager' | 'writer'> {
  return write ? { manager: ownerName(write), writer: write.manager } : {}
}
