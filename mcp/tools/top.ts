/** `kubectl_top`: CPU and memory usage of pods, containers or nodes, largest first. */
import { msg } from '../../shared/messages/create'
import type { Coverage, ResultNote } from '../../shared/result'
import { KubeError } from '../kubernetes/errors/errors'
import { at, textAt } from '../kubernetes/read/fields'
import { listObjects } from '../kubernetes/list/list'
import { getObject } from '../kubernetes/list/object'
import { formatCpu, formatMemory } from '../../shared/kubernetes/quantities'
import type { KubeObject } from '../kubernetes/types'
import { text } from './properties'
import { listMetrics } from './top/read'
import {
  CONTAINER,
  largestFirst,
  NAME,
  NAMESPACE,
  NODE_SHARES,
  POD_SHARES,
  usageTable,
  type Column,
  type SortBy,
} from './top/table'
import { amountsAt, containerUsages, sumUsages, totalOf, type Usage } from './top/usage'
import type { ReadTool, ToolAnswer, ToolArguments, ToolContext } from './tool'

/** Maximum names in a note. */
const MAX_NAMES = 10

export const kubectlTop: ReadTool = {
  name: 'kubectl_top',
  description: 'CPU and memory in use.',
  properties: {
    resource: { enum: ['pods', 'nodes'] },
    ...{ name: text, namespace: text, labelSelector: text, container: text },
    sortBy: { enum: ['cpu', 'memory'] },
  },
  run: readTop,
}

async function readTop(args: ToolArguments, context: ToolContext): Promise<ToolAnswer> {
  const { resource } = await context.cluster.discovery.find(args.resource ?? 'pods', context.signal)
  switch (resource.kind) {
    case 'Node':
    case 'NodeMetrics':
      return topNodes(args, context)
    case 'Pod':
    case 'PodMetrics':
      return topPods(args, context)
    default:
      throw new KubeError('invalid-arguments', msg('top-kinds', { plural: resource.plural }), {
        resource: resource.plural,
      })
  }
}

async function topPods(args: ToolArguments, context: ToolContext): Promise<ToolAnswer> {
  const { cluster, signal } = context
  const { labelSelector, container } = args
  const kind = (await cluster.discovery.find('v1/Pod', signal)).resource
  const one =
    args.name === undefined
      ? undefined
      : await getObject(cluster, { resource: kind, namespace: args.namespace, name: args.name, signal })
  const scope = {
    namespace: one?.metadata.namespace ?? (args.allNamespaces ? undefined : args.namespace),
    labelSelector,
  }
  const [metrics, pods] = await Promise.all([
    listMetrics('PodMetrics', scope, context),
    one ? [one] : readPods(() => listObjects(cluster, { resource: kind, ...scope, signal })),
  ])
  const items = one ? metrics.items.filter(({ metadata }) => metadata.name === one.metadata.name) : metrics.items
  const byKey = new Map(pods.map((pod) => [keyOf(pod), pod]))
  const all = items.flatMap((item) => containerUsages(item, byKey.get(keyOf(item))))
  const named =
    container === undefined || ANY.has(container) ? all : all.filter((usage) => usage.container === container)
  if (container !== undefined && named.length === 0 && all.length > 0) throw missingContainer(container, all)

  const several = one === undefined && metrics.coverage.namespaces?.length !== 1
  const { usages, columns } = grouped(named, args, { several, single: one !== undefined })
  return answer(usages, [columns, POD_SHARES], args, {
    coverage: metrics.coverage,
    notes: [...sumNote(usages), ...namespacesNote(usages), ...unmeasuredNote(pods, items)],
  })
}

/** Words that models write for "all containers". */
const ANY = new Set(['', '*', 'all', 'true'])

function grouped(
  usages: Usage[],
  { container }: ToolArguments,
  { several, single }: { several: boolean; single: boolean },
) {
  const names = several ? [NAMESPACE, NAME] : [NAME]
  if (container !== undefined || single) return { usages, columns: [...names, CONTAINER] }
  return { usages: sumUsages(usages, ({ namespace, name }) => `${namespace}/${name}`), columns: names }
}

/** Requests and limits are optional: usage is shown even without the right to list pods. */
async function readPods(read: () => Promise<{ items: KubeObject[] }>): Promise<KubeObject[]> {
  try {
    return (await read()).items
  } catch (error) {
    if (error instanceof KubeError && !error.concernsEveryCall) return []
    throw error
  }
}

async function topNodes(args: ToolArguments, context: ToolContext): Promise<ToolAnswer> {
  const { cluster, signal } = context
  const { labelSelector } = args
  const { resource } = await cluster.discovery.find('v1/Node', signal)
  const [metrics, nodes] = await Promise.all([
    listMetrics('NodeMetrics', { labelSelector }, context),
    readPods(() => listObjects(cluster, { resource, labelSelector, signal })),
  ])
  const byName = new Map(nodes.map((node) => [node.metadata.name, node]))
  const items =
    args.name === undefined ? metrics.items : metrics.items.filter(({ metadata }) => metadata.name === args.name)
  if (args.name !== undefined && items.length === 0) await getObject(cluster, { resource, name: args.name, signal })
  const usages = items.map((item): Usage => {
    const { name } = item.metadata
    const node = byName.get(name)
    const limits = node ? amountsAt(at(node, 'status', 'allocatable')) : {}
    return { ...amountsAt(item, 'usage'), namespace: '', name, node: name, requests: {}, limits }
  })
  const wanted = args.name === undefined ? nodes : nodes.filter(({ metadata }) => metadata.name === args.name)
  return answer(usages, [[NAME], NODE_SHARES], args, {
    coverage: metrics.coverage,
    notes: unmeasuredNote(wanted, items),
  })
}

function answer(
  usages: Usage[],
  [names, shares]: [Column[], Column[]],
  { sortBy }: ToolArguments,
  { coverage, notes }: { coverage: Coverage; notes: ResultNote[] },
): ToolAnswer {
  const shown = largestFirst(usages, sortColumn(sortBy))
  const { total, ...rest } = coverage
  return {
    kind: 'table',
    ...usageTable(shown, names, shares),
    coverage: {
      ...rest,
      shown: shown.length,
      ...(total !== undefined && { total: usages.length }),
      notes: [...rest.notes, ...notes],
    },
  }
}

function sortColumn(sortBy: string | undefined): SortBy {
  return sortBy !== undefined && /mem/i.test(sortBy) ? 'memory' : 'cpu'
}

function sumNote(usages: readonly Usage[]): ResultNote[] {
  if (usages.length < 2) return []
  const { cpu, memory } = totalOf(usages)
  return [msg('usage-sum', { count: usages.length, cpu: formatCpu(cpu), memory: formatMemory(memory) })]
}

/** The namespaces that use the most, since the rows are by pod. */
function namespacesNote(usages: readonly Usage[]): ResultNote[] {
  const sums = largestFirst(
    sumUsages(usages, ({ namespace }) => namespace),
    'cpu',
  )
  if (sums.length < 2) return []
  const parts = sums
    .slice(0, MAX_NAMES)
    .map(({ namespace, cpu, memory }) => `${namespace} ${formatCpu(cpu)} · ${formatMemory(memory)}`)
  const namespaces = parts.join(', ') + (sums.length > MAX_NAMES ? ', …' : '')
  return [msg('usage-by-namespace', { namespaces })]
}

/** Pods that just started, or whose node does not respond, have no metrics. */
function unmeasuredNote(objects: readonly KubeObject[], metrics: readonly KubeObject[]): ResultNote[] {
  const measured = new Set(metrics.map(keyOf))
  const expected = objects.filter((object) => object.kind !== 'Pod' || textAt(object, 'status', 'phase') === 'Running')
  const without = expected.filter((object) => !measured.has(keyOf(object))).map(({ metadata }) => metadata.name)
  if (without.length === 0) return []
  const names = without.slice(0, MAX_NAMES).join(', ') + (without.length > MAX_NAMES ? ', …' : '')
  return [msg('metrics-partial', { count: without.length, total: expected.length, names })]
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`
}

function missingContainer(container: string, usages: readonly Usage[]): KubeError {
  const names = [...new Set(usages.map((usage) => usage.container ?? ''))].slice(0, 20).join(', ')
  return new KubeError('missing-container', msg('container-not-called', { container, names }))
}
