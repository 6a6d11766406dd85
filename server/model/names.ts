/** Tool names as gpt-oss leaks them from its own chat format. */

/**
 * Cuts at `<|` (`get_pods<|channel|>analysis`, ollama#11704) and drops the namespace that gpt-oss gives its tools
 * (`functions.get_pods`, `to=functions.get_pods`, ollama#12132). A name of which nothing would be left is returned as it
 * came: the loop answers unknown names with the valid ones.
 */
export function mendToolName(name: string): string {
  const mended = name
    .replace(/<\|.*$/s, '')
    .replace(/^.*functions\./s, '')
    .trim()
  return mended === '' ? name.trim() : mended
}
