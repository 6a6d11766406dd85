/** Creates writing tools whose arguments are validated again when they return after approval. */
import { msg } from '../../../shared/messages/create'
import { z } from 'zod'
import type { Draft, Operation, WriteArguments, WriteContext, WriteTool } from '../../changes/types'
import { FIELD_MANAGER } from '../../../shared/changes/what-changed'
import { KubeError } from '../../kubernetes/errors/errors'
import { objectPath } from '../../../shared/kubernetes/api'
import type { Target } from './target'

interface Definition<Args> {
  name: string
  description: string
  properties: Record<string, object>
  required?: string[]
  /** The output of `read`, which is also valid input for it. */
  schema: z.ZodType<Args>
  read: (raw: unknown) => WriteArguments[]
  draft: (args: Args, context: WriteContext) => Promise<Draft>
}

export function writeTool<Args>({ schema, draft, ...tool }: Definition<Args>): WriteTool {
  return {
    ...tool,
    draft: async (args, context) => {
      const parsed = schema.safeParse(args)
      if (parsed.success) return draft(parsed.data, context)
      throw new KubeError(
        'invalid-arguments',
        msg('arguments-incomplete', { tool: tool.name }),
        { tool: tool.name },
        z.prettifyError(parsed.error),
      )
    },
  }
}

type PatchType = Exclude<Operation['contentType'], 'application/json'>

/** A PATCH of an existing object. */
export function patchOperation(target: Target, contentType: PatchType, body: unknown): Operation {
  const { resource, namespace, name, live } = target
  return {
    verb: 'update',
    resource,
    namespace,
    name,
    method: 'PATCH',
    path: objectPath(resource, namespace, name),
    contentType,
    query: { fieldManager: FIELD_MANAGER },
    body,
    live,
    assigned: [],
    notes: [],
  }
}
