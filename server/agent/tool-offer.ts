/**
 * Chooses the tools shown to the model. It depends on the mode, the size of the window and the cluster, so that it stays
 * the same in a conversation: another list would make the model server read everything again.
 */
import { oncePer } from '#shared/once-per'
import { shortenTool } from '../mcp/toolbox/schema'
import { everydayArguments, knownTool, serverOf } from '../mcp/servers'
import type { ToolEntry } from '../mcp/toolbox/types'
import type { ModelMessage, ModelTool } from '../model/types'
import { estimateTools } from './budget/estimate'
import { addedGroups, moreTools } from './more-tools'
import type { Policy } from './policy'

/** Below this window fewer tools fit, which the answer reports. */
const SMALL_WINDOW = 8192

/** Maximum share of the window for tool definitions. */
const SHARE = 0.25
const SMALL_SHARE = 0.2
/**
 * Maximum tokens for tool definitions in any window: a model reads them before its first word. The less used tools, of
 * plans first where nothing can be changed, are added on request.
 */
const PLAN_TOKENS = 800
const CHANGE_TOKENS = 1300

/** Rank of unranked tools: included while there is room. */
const LAST = Number.MAX_SAFE_INTEGER
const OTHER = 'other'

export interface ToolOffer {
  tools: ModelTool[]
  /** The window is so small that some tools are left out. */
  isCut: boolean
  /** The smallest common window, in tokens, in which all fit. */
  windowForAll: number
}

interface Offered {
  tool: ModelTool
  rank: number
  group: string
}

/**
 * @param windowTokens the context window
 * @param history of the conversation, whose calls of `more_tools` add their groups at the end
 */
export function offerTools(
  entries: readonly ToolEntry[],
  windowTokens: number,
  policy: Policy,
  history: readonly ModelMessage[] = [],
): ToolOffer {
  const isSmall = windowTokens < SMALL_WINDOW
  const all = entries.filter((entry) => isUsable(entry, policy)).map(isSmall ? offeredInSmall : offered)
  const whole = all.map(({ tool }) => tool)
  const windowForAll = usualWindow(estimateTools(whole) / SHARE)
  const room = roomFor(windowTokens, isSmall, policy)
  if (estimateTools(whole) <= room) return { tools: whole, isCut: false, windowForAll }
  const first = firstTools(all, room)
  const rest = all.filter((each) => !first.includes(each))
  const groups = Map.groupBy(rest, ({ group }) => group)
  const added = addedGroups(history).flatMap((group) => groups.get(group) ?? [])
  const more = moreTools(new Map([...groups].map(([group, tools]) => [group, tools.map(({ tool }) => tool.name)])))
  return {
    tools: [...first.map(({ tool }) => tool), more, ...added.map(({ tool }) => tool)],
    isCut: isSmall,
    windowForAll,
  }
}

function isUsable({ name, annotations, server, unavailable }: ToolEntry, policy: Policy): boolean {
  return unavailable === undefined && policy.isOffered(name, annotations, server)
}

/** Entries stay the same until the server lists its tools again. */
const offered = oncePer((entry: ToolEntry) => offer(entry, false))
const offeredInSmall = oncePer((entry: ToolEntry) => offer(entry, true))

/** The tools of our own server are short as they are. */
function offer({ name, model, server }: ToolEntry, isSmall: boolean): Offered {
  const isShort = serverOf(server)?.isInProcess === true
  const known = knownTool(name, server)
  return {
    tool: isShort ? model : shortenTool(model, isSmall ? everydayArguments(server) : undefined),
    rank: known?.rank ?? LAST,
    group: known?.group ?? OTHER,
  }
}

function roomFor(windowTokens: number, isSmall: boolean, policy: Policy): number {
  const share = windowTokens * (isSmall ? SMALL_SHARE : SHARE)
  if (policy.mode === 'read-only') return policy.plansChanges ? Math.min(PLAN_TOKENS, share) : share
  return Math.min(CHANGE_TOKENS, share)
}

/** The most used ones that fit, at least one. */
function firstTools(all: readonly Offered[], room: number): Offered[] {
  const first: Offered[] = []
  let left = room
  for (const each of all.toSorted((one, other) => one.rank - other.rank)) {
    const tokens = estimateTools([each.tool])
    if (tokens > left && first.length > 0) continue
    first.push(each)
    left -= tokens
  }
  return first
}

/** The next power of two, at least 16,384: in a smaller window a few results already fill it. */
function usualWindow(tokens: number): number {
  return Math.max(16_384, 2 ** Math.ceil(Math.log2(Math.max(1, tokens))))
}
