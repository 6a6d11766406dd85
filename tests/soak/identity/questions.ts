/** Questions to the MCP program, and the cluster that their answers come from. */
import type { McpSession, ToolReply } from '../../support/mcp/program'
import type { Random } from '../random'
import type { Side } from './side'

export type Verdict =
  | { kind: 'ours'; user: string | undefined }
  /** The answer contains something of the other cluster. */
  | { kind: 'theirs'; found: string }
  | { kind: 'error'; code: string; text: string }
  /** The answer is from neither. */
  | { kind: 'unclear'; text: string }

/** The expected source of an answer. */
export interface Expected {
  ours: Side
  theirs: Side
  /** The program's URL of our cluster. */
  server: string
}

interface Question {
  tool: string
  args: (side: Side) => Record<string, unknown>
  /** What the answer must contain. */
  shows: (side: Side) => string
}

const QUESTIONS: readonly Question[] = [
  {
    tool: 'kubectl_get',
    args: ({ namespace }) => ({ resource: 'configmap', name: 'marker', namespace }),
    shows: ({ marker }) => marker,
  },
  // The other cluster would report that the object does not exist, which is also an answer.
  {
    tool: 'kubectl_get',
    args: ({ namespace, marker }) => ({ resource: 'configmap', name: marker, namespace }),
    shows: ({ marker }) => marker,
  },
  { tool: 'kubectl_get', args: ({ namespace }) => ({ resource: 'cm', namespace }), shows: ({ marker }) => marker },
  {
    tool: 'kubectl_get',
    args: () => ({ resource: 'configmaps', labelSelector: 'soak=identity' }),
    shows: ({ namespace }) => namespace,
  },
  { tool: 'kubectl_get', args: () => ({ resource: 'namespaces' }), shows: ({ namespace }) => namespace },
]

/**
 * Asks a random question.
 * @throws McpError if the program ended
 */
export async function ask(session: McpSession, random: Random, expected: Expected): Promise<Verdict> {
  const { tool, args, shows } = random.pick(QUESTIONS)
  return verdictOf(await session.call(tool, args(expected.ours)), expected, shows(expected.ours))
}

function verdictOf({ isError, data }: ToolReply, { ours, theirs, server }: Expected, shows: string): Verdict {
  const text = JSON.stringify(data)
  if (isError) {
    // The error may name the other API server and its UID, but nothing else of it.
    if (text.includes(theirs.marker)) return { kind: 'theirs', found: theirs.marker }
    const { code = '', text: words } = data.kind === 'text' ? data : { text }
    if (code === 'not-found') return { kind: 'theirs', found: words }
    return { kind: 'error', code, text: words }
  }
  const found = [theirs.marker, theirs.uid, theirs.api.server].find((each) => text.includes(each))
  if (found !== undefined) return { kind: 'theirs', found }
  const { server: answered, uid, user } = data.cluster ?? {}
  if (answered !== server || uid !== ours.uid || !text.includes(shows))
    return { kind: 'unclear', text: text.slice(0, 300) }
  return { kind: 'ours', user }
}
