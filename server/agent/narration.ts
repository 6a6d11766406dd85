/**
 * Detects answers that describe a tool call instead of making it: gpt-oss:20b prints the kubectl command (45 of its 71
 * failures in k8s-ai-bench), llama3.2 writes the call as JSON (ollama#13519). Neither is ever executed.
 */

/** The user asked for a command or manifest, so printing one is a valid answer. */
const ASKS_FOR_TEXT = /\b(kubectl|command|yaml|manifest|how (do|to|can|would)|lệnh|cách)\b/iu

const COMMAND = /(^|\n)\s*(```\w*\s*\n\s*)?(\$ )?kubectl\s+\w+/

/** True if the text prints a kubectl command that was not requested. */
export function isNarration(question: string, text: string): boolean {
  return COMMAND.test(text) && !ASKS_FOR_TEXT.test(question)
}

/** The name of a known tool that the text calls in JSON, such as `{"name": "pods_list", "parameters": {}}`. */
export function toolCallInText(text: string, known: ReadonlySet<string>): string | undefined {
  if (!/"(name|function|tool)"\s*:/.test(text) || !/"(arguments|parameters)"\s*:/.test(text)) return undefined
  const name = /"(?:name|function|tool)"\s*:\s*"([A-Za-z0-9_.-]{1,80})"/.exec(text)?.[1]
  return name !== undefined && known.has(name) ? name : undefined
}
