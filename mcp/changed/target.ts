/** Keeps the changes that concern one object: of itself, of what it depends on, and of its surroundings. */
import { textAt } from '../../shared/kubernetes/fields'
import { scaleTarget, selectedPods } from '../diagnose/chains/dependencies'
import { keyOf, refOf } from '../diagnose/ref'
import type { Ref } from '../diagnose/types'
import type { World } from '../diagnose/world/world'
import { isAtLarge } from './failures/mechanisms'
import { relatedTo } from './failures/related'
import type { Change } from './types'

/** @param targets the object, or all objects of a release */
export function changesFor(world: World, changes: readonly Change[], targets: readonly Ref[]): Change[] {
  const near = relatedTo(world, targets)
  const namespaces = new Set(targets.map(({ namespace }) => namespace))
  const leading = new Set(leadingTo(world, near, namespaces).map(keyOf))
  return changes.filter((change) => {
    const key = keyOf(change.object)
    const { kind, namespace } = change.object
    // Nodes of other pods do not matter.
    const isAround = isAtLarge(change) && kind !== 'Node' && (namespace === undefined || namespaces.has(namespace))
    return near.has(key) || leading.has(key) || isAround
  })
}

/** Keeps the changes in a namespace, on its nodes, and those that may have broken something in it. */
export function changesIn(
  world: World,
  changes: readonly Change[],
  namespace: string,
  failures: ReadonlyMap<Change, unknown>,
): Change[] {
  const nodes = new Set(world.list('Pod').map((pod) => textAt(pod, 'spec', 'nodeName')))
  return changes.filter((change) => {
    const { object } = change
    if (failures.has(change)) return true
    if (object.namespace !== undefined) return object.namespace === namespace
    if (object.kind === 'Node') return nodes.has(object.name)
    return object.kind === 'Namespace' ? object.name === namespace : /Webhook/.test(object.kind)
  })
}

/** Services, autoscalers and budgets of these objects. */
function leadingTo(world: World, near: ReadonlySet<string>, namespaces: ReadonlySet<string | undefined>): Ref[] {
  const inside = (kind: string) => world.list(kind).filter(({ metadata }) => namespaces.has(metadata.namespace))
  const services = inside('Service').filter((each) => selectedPods(world, each).some((pod) => near.has(keyOf(pod))))
  const scalers = inside('autoscaling/HorizontalPodAutoscaler').filter((each) =>
    scaleTarget(each).some((target) => near.has(keyOf(target))),
  )
  return [...services, ...scalers].map(refOf)
}
