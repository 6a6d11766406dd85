/** Repairs tool names in which gpt-oss leaks its own chat format. */

/**
 * Cuts at `<|` (`get_pods<|channel|>analysis`, ollama#11704) and removes gpt-oss's namespace (`functions.get_pods`,
 * `to=functions.get_pods`, ollama#12132). A name that would become empty stays unchanged: the loop answers unknown
 * names with the valid ones.
 */
export function mendToolName(name: string): string {
  const mended = name
    .replace(/<\|.*$/s, '')
    .replace(/^.*functions\./s, '')
    .trim()
  return mended === '' ? name.trim() : mended
}
