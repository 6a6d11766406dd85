/** Refusals of a manifest: the line, the problem and the fix. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import { KubeError, type ErrorParams } from '../../kubernetes/errors/errors'
import { MAX_DEPTH } from './limits'

/** The problem as data, for translation. */
export type ManifestProblem =
  | 'too-long'
  | 'too-deep'
  | 'empty'
  | 'character'
  | 'separator'
  | 'code-fence'
  | 'directive'
  | 'syntax'
  | 'several-documents'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'merge-key'
  | 'duplicate-key'
  | 'key'
  | 'number'
  | 'escape'
  | 'tab'
  | 'no-object'
  | 'field-name'
  | 'list'
  | 'api-version'
  | 'kind'
  | 'metadata'
  | 'name'
  | 'namespace'
  | 'labels'
  | 'secret'

/**
 * @param line from 1; undefined if the manifest was not text
 * @param detail problem and fix, as a sentence that can follow `Line 7: `
 */
export function refusal(
  problem: ManifestProblem,
  line: number | undefined,
  detail: Message,
  params: ErrorParams = {},
): KubeError {
  const where =
    line === undefined ? msg('manifest-problem', { problem: detail }) : msg('manifest-line', { line, problem: detail })
  return new KubeError('invalid-arguments', where, {
    argument: 'manifest',
    problem: `manifest-${problem}`,
    ...(line !== undefined && { line }),
    ...params,
  })
}

export function tooDeep(line: number | undefined): KubeError {
  return refusal('too-deep', line, msg('manifest-too-deep', { levels: MAX_DEPTH }))
}

/** Shortens a part of a manifest for a sentence. */
export function shown(text: string): string {
  const flat = text.replace(/\s+/g, ' ')
  return flat.length > 60 ? `${flat.slice(0, 60)}…` : flat
}
