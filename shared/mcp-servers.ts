/** The MCP servers that the assistant knows, and itself. */

/** Our names of them; a server's name at initialize may differ. */
export const SERVER_IDS = [
  'k8s-ai-assistant-mcp',
  'kubernetes-mcp-server',
  'mcp-server-kubernetes',
  'k8s-ai-assistant',
] as const
export type ServerId = (typeof SERVER_IDS)[number]
