/** Arguments of both MCP servers that contain a kind, also as words of a command. */
const kindArguments = ['resourceType', 'resource_type', 'resource', 'kind', 'command', 'subCommand', 'args']
/** A longer text is a manifest, which is redacted by its content. */
const longest = 200

/** True if a call is about Secrets by its arguments: `secrets`, `v1/Secret`, `pods,secrets.v1.`, `get secret db`. */
export function namesSecret(args: Record<string, unknown>): boolean {
  return kindArguments.flatMap((name) => args[name] ?? []).some((value) => typeof value === 'string' && isSecret(value))
}

function isSecret(text: string): boolean {
  return text.length <= longest && text.split(/[\s,/]+/).some((word) => /^secrets?(?:\.|$)/i.test(word))
}
