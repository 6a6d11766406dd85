/** Writes of objects without a history: who, when and which fields; the old value where the cluster still holds it. */
import type { ChangedField } from '../../../shared/changes/what-changed'
import { isRecord } from '../../../shared/kubernetes/fields'
import { msg } from '../../../shared/messages/create'
import { isItem, ownedFields, stepsText, valueOf } from '../../changes/ownership/fields-v1'
import type { FieldSteps } from '../../changes/ownership/fields-v1'
import { differences, valueText } from '../differences'
import { isRoutine } from '../history/written'
import type { Write, Written } from '../history/written'
import type { History } from '../history/history'
import type { Change, Source } from '../types'
import { writtenBy } from '../writers'
import { isCreation } from './objects'
import { isScaling } from './scaling'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** Kinds whose template has a history of its own. */
const WITH_REVISIONS = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])

/** Bookkeeping of controllers and tools. */
const NOISE =
  /^status\b|^metadata\.(?:ownerReferences|finalizers|generateName|name$|annotations$|labels$)|annotations\[(?:kubectl\.kubernetes\.io\/last-applied|deployment\.kubernetes\.io\/|control-plane\.alpha|field\.cattle\.io\/publicEndpoints|lifecycle\.cattle\.io\/|pv\.kubernetes\.io|volume\.(?:beta\.)?kubernetes\.io|autoscaling\.alpha|endpoints\.kubernetes\.io|meta\.helm\.sh|node\.alpha|volumes\.kubernetes\.io)/

export const fields: Source = {
  id: 'fields',
  find: (history) =>
    [...history.written.values()].flatMap((written) =>
      written.writes
        .filter((write) => write.at >= history.since && !isRoutine(write) && !isCreation(written, write))
        .flatMap((write) => changeOf(history, written, write)),
    ),
}

function changeOf(history: History, written: Written, write: Write): Change[] {
  const { object, ref } = written
  const steps = ownedFields(write.fields).filter((each) => isTelling(object.kind ?? '', each))
  const listed = readFields(object, write, withoutParents(steps))
  const fields = listed.filter(({ path }) => path !== 'spec.replicas' || !isScaling(history, ref, write.at))
  if (fields.length === 0) return []
  const what = fields.some(({ before }) => before !== undefined) ? msg('changed-fields') : msg('changed-some-fields')
  return [{ at: write.at, source: 'fields', object: ref, what, fields, ...writtenBy(write) }]
}

function isTelling(kind: string, steps: FieldSteps): boolean {
  const path = stepsText(steps)
  return !NOISE.test(path) && !(WITH_REVISIONS.has(kind) && path.startsWith('spec.template'))
}

/** Without items and parts whose own fields are listed too. */
function withoutParents(all: readonly FieldSteps[]): FieldSteps[] {
  const keys = all.map((steps) => steps.join('\n'))
  return all.filter((steps, index) => {
    const key = `${keys[index] ?? ''}\n`
    return !(isItem(steps.at(-1) ?? '') || keys[index] === 'f:data') || !keys.some((other) => other.startsWith(key))
  })
}

/** What kubectl applied holds the values before a later change by others. */
function readFields(object: Written['object'], write: Write, steps: readonly FieldSteps[]): ChangedField[] {
  const applied = write.manager === 'kubectl-client-side-apply' ? undefined : lastApplied(object)
  return steps.flatMap((each): ChangedField[] => {
    const path = stepsText(each)
    const now = valueOf(object, each)
    const after = now === undefined ? {} : { after: valueText(path, now) }
    if (!applied) return [{ path, ...after }]
    const before = appliedValue(applied, each)
    return before === undefined ? [{ path, ...after }] : differences(before, now, path)
  })
}

/** Like `valueOf`; a manifest may omit a part of an item's key that has a default, such as a port's protocol. */
function appliedValue(applied: unknown, steps: FieldSteps): unknown {
  let current = applied
  for (const step of steps) {
    const exact = valueOf(current, [step])
    current = exact === undefined && step.startsWith('k:') && Array.isArray(current) ? similar(current, step) : exact
  }
  return current
}

function similar(list: readonly unknown[], step: string): unknown {
  const key: unknown = JSON.parse(step.slice(2))
  if (!isRecord(key)) return undefined
  return list.find(
    (item) => isRecord(item) && Object.entries(key).every(([name, value]) => (item[name] ?? value) === value),
  )
}

function lastApplied(object: Written['object']): Record<string, unknown> | undefined {
  const text = object.metadata.annotations?.[LAST_APPLIED]
  if (text === undefined) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return isRecord(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}
