/** Names of tools, as tests write them. */
import { modelToolNameSchema, serverToolNameSchema } from '#shared/tool-names'
import type { ModelToolName, ServerToolName } from '#shared/tool-names'

export function serverTool(name: string): ServerToolName {
  return serverToolNameSchema.parse(name)
}

export function modelTool(name: string): ModelToolName {
  return modelToolNameSchema.parse(name)
}
