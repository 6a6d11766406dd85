/** Commands that follow from a result, without the model. */
import type { ResourceReference } from '#shared/embed'
import type { ResultPart } from '#shared/result'
import type { CommandName } from '#shared/commands/command-list'
import { rowReference } from '../embed/rowReference'

export interface FollowUp {
  command: Extract<CommandName, 'diagnose' | 'logs' | 'events' | 'changes'>
  /** The name of its object. */
  name: string
  /** As it would be typed. */
  text: string
}

type Target = Pick<ResourceReference, 'kind' | 'namespace' | 'name'>

/** In a row below the answer. */
const MAX_FOLLOW_UPS = 3

const WITH_LOGS = new Set(['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicaSet'])

/**
 * @param results of an answer, in order
 * @param asked the question, which is not suggested again
 */
export function followUps(results: readonly ResultPart[], asked: string): FollowUp[] {
  for (const result of results.toReversed()) {
    const target = targetOf(result)
    if (!target) continue
    const commands = NEXT[result.kind]?.filter((command) => command !== 'logs' || WITH_LOGS.has(target.kind)) ?? []
    return commands
      .map((command) => ({ command, name: target.name, text: textOf(command, target) }))
      .filter(({ text }) => text !== asked.trim())
      .slice(0, MAX_FOLLOW_UPS)
  }
  return []
}

const NEXT: Partial<Record<ResultPart['kind'], FollowUp['command'][]>> = {
  table: ['diagnose', 'logs', 'events'],
  findings: ['logs', 'events', 'changes'],
  log: ['diagnose', 'events', 'changes'],
  object: ['diagnose', 'logs', 'changes'],
}

/** The worst row, the first cause, or the one object. */
function targetOf(result: ResultPart): Target | undefined {
  switch (result.kind) {
    case 'table': {
      const row = result.rows[result.verdicts?.indexOf('bad') ?? -1]
      return row && rowReference(result, result.columns, row)
    }
    case 'findings':
      return result.findings[0]?.object
    case 'log':
      return result.pod === undefined ? undefined : { kind: 'Pod', name: result.pod, ...placeOf(result.namespace) }
    case 'object':
      return { kind: result.object.kind, name: result.object.name, ...placeOf(result.object.namespace) }
    default:
      return undefined
  }
}

function placeOf(namespace: string | undefined) {
  return namespace === undefined ? {} : { namespace }
}

function textOf(command: FollowUp['command'], { kind, namespace, name }: Target): string {
  const place = namespace === undefined ? '' : ` -n ${namespace}`
  return `/${command} ${kind.toLowerCase()}/${name}${place}`
}
