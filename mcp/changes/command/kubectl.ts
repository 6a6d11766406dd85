/** A planned change as a kubectl command that a person could run. */
import type { ClusterRef } from '../../../shared/result'
import type { ApiResource } from '../../kubernetes/types'
import { isRecord } from '../../../shared/kubernetes/fields'
import type { FieldChange } from '../field-changes'
import type { FieldPath } from '../field-path'
import type { PreparedObject } from '../prepare'
import type { Operation } from '../types'
import { commandLine } from '../../../shared/text/shell'
import { inputOf, withInput } from './shell'

/** Longer patches are written on separate lines. In characters. */
const MAX_PATCH = 100

type Planned = Pick<PreparedObject, 'operation' | 'changes'>

interface KubectlCommand {
  words: readonly string[]
  /** The command's standard input. */
  input?: unknown
}

/**
 * @param words the command without `kubectl`, namespace and context; undefined: the request itself, if it is one
 * @returns undefined if no command is equivalent
 */
export function kubectlCommand(
  objects: readonly Planned[],
  words: readonly string[] | undefined,
  { context }: ClusterRef,
): string | undefined {
  const [first, ...others] = objects
  const command = words ? { words } : first && others.length === 0 ? requestCommand(first) : undefined
  if (!first || !command) return undefined
  const { namespace } = first.operation
  const line = commandLine([
    ...['kubectl', ...command.words],
    ...(namespace === undefined ? [] : [`--namespace=${namespace}`]),
    ...(context === undefined ? [] : [`--context=${context}`]),
  ])
  return command.input === undefined ? line : withInput(line, inputOf(command.input))
}

/** `deployment/web`, `gadgets.example.com/one`. */
export function objectWord({ resource, name }: Pick<Operation, 'resource' | 'name'>): string {
  return `${kindWord(resource)}/${name}`
}

/** Includes the group if another group may have the same kind. */
export function kindWord({ kind, plural, group }: ApiResource): string {
  return group.includes('.') ? `${plural}.${group}` : kind.toLowerCase()
}

function requestCommand({ operation, changes }: Planned): KubectlCommand | undefined {
  const { verb, method, body, contentType } = operation
  switch (verb) {
    case 'create':
      return {
        words: method === 'POST' ? ['create', ...FROM_INPUT] : ['apply', '--server-side', ...FROM_INPUT],
        input: inOrder(body),
      }
    case 'delete':
      return { words: ['delete', objectWord(operation)] }
    case 'evict':
      return undefined
    case 'update':
      switch (contentType) {
        case 'application/json':
          return { words: ['replace', ...FROM_INPUT], input: inOrder(body) }
        case 'application/apply-patch+yaml':
          return { words: ['apply', '--server-side', '--force-conflicts', ...FROM_INPUT], input: inOrder(body) }
        case 'application/merge-patch+json':
          return patchCommand({ ...operation, body: withoutIdle(body, changes, []) }, 'merge')
        case 'application/strategic-merge-patch+json':
          return patchCommand(operation, 'strategic')
        case 'application/json-patch+json':
          return patchCommand(operation, 'json')
      }
  }
}

const FROM_INPUT = ['--filename=-']

function patchCommand(operation: Operation, type: string): KubectlCommand {
  const { body } = operation
  const words = ['patch', objectWord(operation), `--type=${type}`]
  const text = JSON.stringify(body)
  return text.length <= MAX_PATCH
    ? { words: [...words, `--patch=${text}`] }
    : { words: [...words, '--patch-file=/dev/stdin'], input: body }
}

/** As manifests are written. */
function inOrder(body: unknown): unknown {
  if (!isRecord(body)) return body
  const { apiVersion, kind, metadata, ...rest } = body
  return { apiVersion, kind, metadata, ...rest }
}

/** Without removals that change nothing: a default comes back by itself. */
function withoutIdle(patch: unknown, changes: readonly FieldChange[], path: readonly string[]): unknown {
  if (!isRecord(patch)) return patch
  const fields = Object.entries(patch).flatMap(([name, value]): [string, unknown][] => {
    const own = [...path, name]
    if (value === null) return changes.some((each) => touches(each.path, own)) ? [[name, value]] : []
    const inner = withoutIdle(value, changes, own)
    const isEmpty =
      isRecord(value) && isRecord(inner) && Object.keys(value).length > 0 && Object.keys(inner).length === 0
    return isEmpty ? [] : [[name, inner]]
  })
  return Object.fromEntries(fields)
}

/** One of them leads to the other. */
function touches(one: FieldPath, other: FieldPath): boolean {
  const length = Math.min(one.length, other.length)
  return one.slice(0, length).every((part, at) => part === other[at])
}
