/** The direct reads behind the panel's tabs. */
import { canonicalKind } from '#shared/kubernetes/kinds'
import { resourceArgument, type ObjectRef } from './objectRef'

/** A call of a read tool by its server's name. */
export interface ObjectRead {
  tool: string
  arguments: Record<string, unknown>
}

/** What the panel shows of an object. */
export const OBJECT_TABS = ['overview', 'events', 'logs', 'yaml', 'changes', 'why'] as const
export type ObjectTab = (typeof OBJECT_TABS)[number]

/** Kinds whose pods' logs can be read. */
const LOGGED = new Set(['pod', 'deployment', 'replicaset', 'statefulset', 'daemonset', 'job', 'cronjob'])

export function hasLogs({ kind }: ObjectRef): boolean {
  return LOGGED.has(canonicalKind(kind))
}

export interface LogChoice {
  container?: string
  previous?: boolean
  /** As the tool takes it, e.g. `15m`. */
  since?: string
}

/** Lines of a log in the panel. */
const LOG_LINES = 1000

export function describeRead(object: ObjectRef): ObjectRead {
  return { tool: 'kubectl_describe', arguments: argumentsOf(object) }
}

export function eventsRead(object: ObjectRef): ObjectRead {
  return { tool: 'kubectl_events', arguments: argumentsOf(object) }
}

export function logsRead(object: ObjectRef, { container, previous, since }: LogChoice): ObjectRead {
  return {
    tool: 'kubectl_logs',
    arguments: {
      ...argumentsOf(object),
      ...(container !== undefined && { container }),
      ...(previous && { previous }),
      ...(since !== undefined && { since }),
      limit: LOG_LINES,
    },
  }
}

export function whyRead(object: ObjectRef): ObjectRead {
  return { tool: 'diagnose', arguments: argumentsOf(object) }
}

export function changesRead(object: ObjectRef): ObjectRead {
  return { tool: 'what_changed', arguments: argumentsOf(object) }
}

function argumentsOf(object: ObjectRef) {
  const { name, namespace } = object
  return { resource: resourceArgument(object), name, ...(namespace !== undefined && { namespace }) }
}
