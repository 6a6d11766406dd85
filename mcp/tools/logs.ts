/** `kubectl_logs`: the most relevant container log of a pod, or of a workload's pod. */
import { both, msg } from '../../shared/messages/create'
import { localized } from '../../shared/messages/message'
import type { ResultNote } from '../../shared/result'
import { KubeError } from '../kubernetes/errors/errors'
import { chooseContainer } from './logs/container-choice'
import { stateText } from './logs/pod'
import type { Container, Pod } from './logs/pod'
import { readRuns } from './logs/runs'
import type { ReadRuns } from './logs/runs'
import { findPod } from './logs/target'
import type { FoundPod } from './logs/target'
import { readTime } from './logs/times'
import { whyUnread } from './logs/unread'
import type { ReadTool, ToolAnswer, ToolArguments, ToolContext } from './tool'

export const kubectlLogs: ReadTool = {
  name: 'kubectl_logs',
  description: 'Log of a pod or workload.',
  properties: {
    resource: { type: 'string' },
    name: { type: 'string', description: 'pod or deploy/web' },
    namespace: { type: 'string' },
    container: { type: 'string' },
    previous: { type: 'boolean' },
    since: { type: 'string', description: '10m or time' },
    around: { type: 'string' },
    search: { type: 'string' },
    limit: { type: 'integer' },
  },
  run: readLog,
}

async function readLog(args: ToolArguments, context: ToolContext): Promise<ToolAnswer> {
  const now = context.now()
  // Parsed before any request, so that an invalid time ends the call.
  const question = {
    previous: args.previous ?? false,
    since: args.since === undefined ? undefined : readTime(args.since, now),
    around: args.around === undefined ? undefined : readTime(args.around, now),
    search: args.search,
    limit: args.limit,
    now,
  }
  const found = await findPod(args, context)
  if (!found.pod) return noPods(found.notes)
  const { pod, notes } = found
  const container = chooseContainer(pod, args.container, now)
  const unread = whyUnread(pod, container)
  if (unread) return answer(pod, container, notes, unreadRuns(unread))
  try {
    const runs = await readRuns(container, question, {
      client: context.cluster.client,
      resource: found.pods,
      namespace: pod.namespace,
      pod: pod.name,
      container: container.name,
      signal: context.signal,
    })
    return answer(pod, container, notes, runs)
  } catch (error) {
    throw error instanceof KubeError ? logError(error, found, container) : error
  }
}

function answer(pod: Pod, container: Container, notes: ResultNote[], runs: ReadRuns): ToolAnswer {
  const { lines, shown, total, complete, previous } = runs
  return {
    kind: 'log',
    text: lines.join('\n'),
    source: `${pod.namespace}/${pod.name} · ${container.name}${previous ? ' (previous run)' : ''}`,
    pod: pod.name,
    namespace: pod.namespace,
    container: container.name,
    ...(previous && { previous }),
    state: stateText(container, pod),
    others: pod.containers
      .filter((other) => other !== container)
      .map((other) => ({ name: other.name, init: other.kind === 'init', state: stateText(other, pod) })),
    coverage: {
      scope: 'object',
      shown,
      ...(total !== undefined && { total }),
      complete,
      notes: [...notes, ...runs.notes],
    },
  }
}

function unreadRuns(why: ResultNote): ReadRuns {
  return { lines: [], shown: 0, total: 0, complete: true, notes: [why], end: 'whole', previous: false }
}

function noPods(notes: ResultNote[]): ToolAnswer {
  const [first, ...others] = notes
  const why = first && others.reduce(both, first)
  return {
    kind: 'text',
    text: why?.text ?? '',
    ...(why && { code: notes.at(-1)?.code, localized: localized(why) }),
    coverage: { scope: 'object', shown: 0, total: 0, complete: true, notes: [] },
  }
}

/** How the API server reports an unreachable node. */
const NODE = /dial tcp|containerLogs|:10250|proxy error|EOF|connection refused|i\/o timeout|no route to host/

/** Rewrites errors of the log endpoint as messages about the pod. */
function logError(error: KubeError, { pod }: FoundPod, { name }: Container): KubeError {
  if (error.concernsEveryCall) return error
  const { raw = '' } = error
  const params = { pod: pod.name, namespace: pod.namespace, container: name, node: pod.node ?? '' }
  switch (error.code) {
    case 'not-found':
      return new KubeError(
        'not-found',
        msg('pod-deleted-meanwhile', { name: pod.name, namespace: pod.namespace }),
        params,
        raw,
      )
    case 'bad-request': {
      const detail = msg('log-not-started', { container: name, pod: pod.name })
      return new KubeError('not-available', detail, params, raw)
    }
    case 'server-error':
    case 'timeout': {
      if (error.code === 'server-error' && !NODE.test(raw)) return error
      const detail = msg('log-node-silent', { pod: pod.name, node: pod.node ?? '' })
      return new KubeError('not-available', detail, params, raw)
    }
    default:
      return error
  }
}
