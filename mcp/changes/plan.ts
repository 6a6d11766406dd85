/** Plans a change with the API server's dry run. Changes nothing. */
import { msg } from '../../shared/messages/create'
import { kubectlCommand } from './command/kubectl'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { ChangePlan, ClusterIdentity } from '../../shared/changes/change'
import type { ClusterRef } from '../../shared/result'
import { KubeError } from '../kubernetes/errors/errors'
import { inParallel } from '../kubernetes/list/in-parallel'
import { factsOf } from './consequences'
import { planDigest } from './digest'
import { clusterIdentity } from './identity'
import { prepareObject, StaleDraftError } from './prepare'
import type { ChangeContext, PreparedObject } from './prepare'
import { isLasting } from './managers'
import { sourcePatch } from './source-patch'
import type { Draft, Operation, WriteArguments, WriteTool } from './types'

export type { ChangeContext } from './prepare'

export interface PreparedPlan {
  plan: ChangePlan
  objects: PreparedObject[]
}

/** How often a draft is repeated if the cluster changed meanwhile. */
const MAX_DRAFTS = 5
/** Doubled before each retry, since controllers write in bursts. */
const PAUSE_MS = 10
/** Concurrent dry runs of one change. */
const AT_ONCE = 4

/** @throws KubeError */
export async function planChange(tool: WriteTool, args: WriteArguments, context: ChangeContext): Promise<ChangePlan> {
  return withFacts(await preparePlan(tool, args, context), context)
}

/**
 * Adds the facts to a plan: managers, consequences, and the text to type.
 * @throws KubeError only if it concerns every call
 */
export async function withFacts(
  { plan, objects }: PreparedPlan,
  { cluster, signal }: ChangeContext,
): Promise<ChangePlan> {
  const planned = objects.filter(({ planned: { diff } }) => diff !== '')
  const facts = await factsOf(planned, cluster, signal)
  const notes = new Map(planned.map((each, index) => [each.planned, facts.objects[index] ?? []]))
  const patches = new Map(planned.map((each) => [each.planned, sourcePatch(each)]))
  const [only, ...others] = plan.objects
  const name = others.length === 0 ? only?.name : (only?.namespace ?? plan.cluster.name)
  const confirm = plan.confirm ?? facts.confirm ?? (facts.deletes > 1 ? name : undefined)
  return {
    ...plan,
    objects: plan.objects.map((object) => {
      const own = notes.get(object) ?? []
      const patch = own.some(isLasting) ? patches.get(object) : undefined
      return { ...object, ...(patch !== undefined && { patch }), notes: [...object.notes, ...own] }
    }),
    ...(confirm !== undefined && { confirm }),
  }
}

/**
 * @param known cluster and user, if just checked
 * @throws KubeError
 */
export async function preparePlan(
  tool: WriteTool,
  args: WriteArguments,
  context: ChangeContext,
  known?: ClusterIdentity,
): Promise<PreparedPlan> {
  const { cluster, signal, now } = context
  const asOf = new Date(now()).toISOString()
  const ref = await cluster.identity(signal)
  const { draft, objects } = await draftObjects(tool, args, context)
  const namespace = identifyingNamespace(draft.operations)
  const identity =
    known ?? (await cluster.client.hold(signal, (held) => clusterIdentity(held, { ref, namespace, signal })))
  const command = kubectlCommand(objects, draft.kubectl, ref)
  const plan: ChangePlan = {
    kind: 'plan',
    title: draft.title,
    cluster: knownUser(ref, identity),
    identity,
    asOf,
    arguments: args,
    objects: objects.map(({ planned }) => planned),
    notes: draft.notes,
    ...(draft.confirm !== undefined && { confirm: draft.confirm }),
    ...(command !== undefined && { command }),
    digest: planDigest(objects.map(({ digest }) => digest)),
  }
  return { plan, objects }
}

/**
 * Drafts the change and dry-runs each operation.
 * @throws KubeError
 */
export async function draftObjects(
  tool: WriteTool,
  args: WriteArguments,
  context: ChangeContext,
): Promise<{ draft: Draft; objects: PreparedObject[] }> {
  for (let drafts = 1; ; drafts++) {
    const draft = await tool.draft(args, context)
    try {
      const several = draft.operations.length > 1
      const objects = await inParallel(draft.operations, AT_ONCE, (operation) =>
        prepareObject(operation, context).catch((error: unknown) => {
          throw several ? named(error, operation) : error
        }),
      )
      return { draft, objects }
    } catch (error) {
      if (!(error instanceof StaleDraftError)) throw await explainLimit(error, draft.operations, context)
      if (drafts === MAX_DRAFTS) throw tooBusy(tool.name)
      await delay(PAUSE_MS * 2 ** drafts, undefined, { signal: context.signal })
    }
  }
}

function tooBusy(tool: string): KubeError {
  return new KubeError('conflict', msg('no-plan-possible'), {
    tool,
  })
}

/** Adds the object's name to an error if there are several objects. */
function named(error: unknown, { resource, name }: Operation): unknown {
  if (!(error instanceof KubeError)) return error
  return new KubeError(
    error.code,
    msg('object-error', { kind: resource.kind, name, error: error.detail }),
    error.params,
    error.raw,
  )
}

const limitRangesSchema = z.looseObject({
  items: z.array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) })),
})

/** The API server does not name the LimitRange. */
async function explainLimit(
  error: unknown,
  operations: readonly Operation[],
  { cluster, signal }: ChangeContext,
): Promise<unknown> {
  if (!(error instanceof KubeError) || error.code !== 'limit-exceeded') return error
  const namespace = operations.find((each) => each.namespace !== undefined)?.namespace
  if (namespace === undefined) return error
  try {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/limitranges`
    const { items } = await cluster.client.get(path, { schema: limitRangesSchema, signal })
    const [only, ...others] = items
    if (!only || others.length > 0) return error
    const name = only.metadata.name
    const { limits = '' } = error.detail.params
    return new KubeError(
      error.code,
      msg('limit-exceeded-named', { name, limits }),
      { ...error.params, name },
      error.raw,
    )
  } catch {
    return error
  }
}

function identifyingNamespace(operations: readonly Operation[]): string | undefined {
  const within = operations.find(({ namespace }) => namespace !== undefined)
  if (within) return within.namespace
  const own = operations.find(({ resource, verb }) => resource.plural === 'namespaces' && verb !== 'create')
  return own?.name
}

/** The cached reference may be old; the identity is fresh. */
function knownUser(ref: ClusterRef, { user }: ClusterIdentity): ClusterRef {
  return ref.user === undefined ? ref : { ...ref, user }
}
