/** YAML files of the operator: mistakes are reported with their line. */
import { isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'

/** Names the position of the mistake. */
export class YamlFileError extends Error {
  constructor(
    /** Starting at 1. */
    readonly line: number,
    problem: string,
  ) {
    super(`line ${line}: ${problem}`)
    this.name = 'YamlFileError'
  }
}

export interface YamlFile<T> {
  value: T
  /** @returns the mistake of a field that the schema allows */
  mistake: (path: readonly PropertyKey[], problem: string) => YamlFileError
}

/**
 * @param text an empty file is an empty object
 * @throws YamlFileError naming line and field
 */
export function parseYamlFile<T>(text: string, schema: z.ZodType<T>): YamlFile<T> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [broken] = document.errors
  if (broken) throw new YamlFileError(lines.linePos(broken.pos[0]).line, broken.message)
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
  const mistake = (path: readonly PropertyKey[], problem: string) =>
    new YamlFileError(lineOf(path), `${path.join('.') || 'the file'}: ${problem}`)
  const value: unknown = document.toJS()
  const parsed = schema.safeParse(value ?? {})
  if (parsed.success) return { value: parsed.data, mistake }
  const issue = parsed.error.issues[0]
  const path = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])]
  throw mistake(path, issue?.code === 'unrecognized_keys' ? 'is not known' : (issue?.message ?? 'is not valid'))
}
