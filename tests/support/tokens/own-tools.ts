/** The tools of our own MCP server as the loop has them, without starting it. */
import { changeTools } from '../../../mcp/tools/change-tools'
import { readTools } from '../../../mcp/tools'
import { HIDDEN_ARGUMENTS } from '../../../server/agent/policy'
import { flattenSchema } from '../../../server/mcp/toolbox/schema'
import type { ToolEntry } from '../../../server/mcp/toolbox/types'
import { modelTool, serverTool } from '../brands'

/** @param changes with the writing tools, which replace read tools of the same name */
export function ownTools({ changes }: { changes: boolean }): ToolEntry[] {
  const writes = changes ? changeTools({}) : []
  const replaced = new Set(writes.map(({ name }) => name))
  return [...readTools.filter(({ name }) => !replaced.has(name)), ...writes].map(
    ({ name, description, properties, required }) => ({
      name: serverTool(name),
      server: 'k8s-ai-assistant-mcp',
      model: {
        name: modelTool(name),
        description,
        parameters: flattenSchema({ type: 'object', properties, ...(required && { required }) }, HIDDEN_ARGUMENTS),
      },
    }),
  )
}
