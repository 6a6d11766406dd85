/** Adds the tool `find`, with which the model looks into earlier results. */
import { modelToolNameSchema } from '#shared/tool-names'
import { FIND } from '../servers/assistant'
import { flattenSchema } from './schema'
import type { ToolEntry, Toolbox } from './types'

/** Few words, since the model reads them before each first answer. */
const properties = {
  id: { type: 'string' },
  where: { type: 'string', description: 'STATUS=Pending|Failed, RESTARTS>5' },
  search: { type: 'string' },
  countBy: { type: 'string' },
  sortBy: { type: 'string' },
  from: { type: 'integer' },
  limit: { type: 'integer' },
}

const ENTRY: ToolEntry = {
  name: FIND,
  server: 'k8s-ai-assistant',
  model: {
    name: modelToolNameSchema.parse(FIND),
    description: 'Rows or lines of an earlier long result.',
    parameters: flattenSchema({ properties, required: ['id'] }, new Set()),
  },
  annotations: { readOnlyHint: true },
}

/** After the server's tools, so that its place is fixed; not beside a tool of the same name, and not alone. */
export function withFind(toolbox: Toolbox): Toolbox {
  return {
    tools: () => {
      const entries = toolbox.tools()
      const isPossible =
        entries.length > 0 && entries.every(({ name, model }) => name !== FIND && model.name !== ENTRY.model.name)
      return isPossible ? [...entries, ENTRY] : entries
    },
    call: toolbox.call,
  }
}
