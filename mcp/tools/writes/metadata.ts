/** `kubectl_label` and `kubectl_annotate`: set and remove labels or annotations of one object. */
import { msg } from '../../../shared/messages/create'
import { objectWord } from '../../changes/command/kubectl'
import { z } from 'zod'
import type { WriteTool } from '../../changes/types'
import type { KubeObject } from '../../kubernetes/types'
import type { ResultNote } from '../../../shared/result'
import { describedText, text } from '../properties'
import { readPairs, type Pairs } from './pairs'
import { ArgumentReader, invalid } from './reader'
import { findTarget, readTargets, targetShape } from './target'
import { titleOf } from './title'
import { patchOperation, writeTool } from './tool'

const pairsSchema = z.record(z.string(), z.string().nullable())

export const kubectlLabel: WriteTool = metadataTool('labels', {
  name: 'kubectl_label',
  description: 'Set labels.',
  code: 'label',
  help: 'key=value, or key- to remove; several with commas',
  plainValues: true,
})

export const kubectlAnnotate: WriteTool = metadataTool('annotations', {
  name: 'kubectl_annotate',
  description: 'Set annotations.',
  code: 'annotate',
  help: 'as labels',
  plainValues: false,
})

interface Words {
  name: string
  description: string
  code: 'label' | 'annotate'
  help: string
  plainValues: boolean
}

function metadataTool(field: 'labels' | 'annotations', words: Words): WriteTool {
  const { name: tool, description, code, help, plainValues } = words
  const properties = { resource: text, name: text, namespace: text, [field]: describedText(help) }
  return writeTool({
    name: tool,
    description,
    properties,
    required: ['resource', 'name', field],
    schema: z.object({ ...targetShape, labels: pairsSchema.optional(), annotations: pairsSchema.optional() }),
    read: (raw) => {
      const aliases = { [field.slice(0, -1)]: field }
      const reader = new ArgumentReader(tool, raw, Object.keys(properties), aliases)
      const pairs = readPairs(field, reader.required(field), { plainValues })
      return readTargets(reader).map((target) => ({ ...target, [field]: pairs }))
    },
    draft: async ({ labels, annotations, ...args }, context) => {
      const pairs = { labels, annotations }[field]
      if (!pairs) throw invalid(field, msg('tool-needs-argument', { tool, name: field }))
      const target = await findTarget(args, context)
      const { resource, name, namespace, live } = target
      const body = { metadata: { [field]: pairs } }
      const operation = patchOperation(target, 'application/merge-patch+json', body)
      operation.notes.push(...absentNotes(live, field, pairs))
      const changes = pairsText(pairs)
      return {
        title: await titleOf(code, { kind: resource.kind, name, namespace }, { changes }, context),
        operations: [operation],
        notes: [],
        kubectl: [code, objectWord(target), ...pairWords(pairs), '--overwrite'],
      }
    },
  })
}

/** `app=web, old-`, as kubectl writes it. */
export function pairsText(pairs: Pairs): string {
  return Object.entries(pairs)
    .map(([key, value]) =>
      value === null ? `${key}-` : `${key}=${value.length > 60 ? `${value.slice(0, 60)}…` : value}`,
    )
    .join(', ')
}

/** `app=web` and `old-`, a word for each. */
export function pairWords(pairs: Pairs): string[] {
  return Object.entries(pairs).map(([key, value]) => (value === null ? `${key}-` : `${key}=${value}`))
}

function absentNotes({ metadata }: KubeObject, field: 'labels' | 'annotations', pairs: Pairs): ResultNote[] {
  const absent = Object.entries(pairs).flatMap(([key, value]) =>
    value === null && metadata[field]?.[key] === undefined ? [key] : [],
  )
  if (absent.length === 0) return []
  const names = absent.join(', ')
  return [msg(`${field}-absent`, { names })]
}
