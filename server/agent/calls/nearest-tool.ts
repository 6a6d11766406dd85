/** The offered tool that a model may have meant by a name that does not exist. */
import type { ModelToolName } from '#shared/tool-names'

const SYNONYMS: Readonly<Record<string, string>> = { show: 'list', logs: 'log', fetch: 'get', describe: 'get' }

/** @returns undefined if no tool shares a word with the name */
export function nearestTool(name: string, tools: readonly { name: ModelToolName }[]): ModelToolName | undefined {
  const wanted = words(name)
  const scored = tools.map((tool) => {
    const own = words(tool.name)
    const shared = [...own].filter((word) => wanted.has(word)).length
    return { name: tool.name, score: shared / Math.max(1, own.size + wanted.size - shared) }
  })
  const best = scored.sort((a, b) => b.score - a.score)[0]
  return best && best.score > 0 ? best.name : undefined
}

function words(name: string): Set<string> {
  const parts = name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  return new Set(parts.filter(Boolean).map((part) => (SYNONYMS[part] ?? part).replace(/(.{2,})s$/, '$1')))
}
