/** The standard input of a command in a POSIX shell. */
import { isDeepStrictEqual } from 'node:util'
import { stringify } from 'yaml'
import { splitDocuments } from '../manifest/documents'
import { readYaml } from '../manifest/yaml'

export function withInput(line: string, text: string): string {
  const lines = text.replace(/\n$/, '').split('\n')
  let end = 'EOF'
  while (lines.includes(end)) end += '_'
  return [`${line} <<'${end}'`, ...lines, end].join('\n')
}

/** YAML that kubectl and Helm read alike; JSON for values that YAML versions read differently. */
export function inputOf(value: unknown): string {
  const text = stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })
  return isDeepStrictEqual(readBack(text), value) ? text : JSON.stringify(value, null, 2)
}

function readBack(text: string): unknown {
  try {
    const [document, ...others] = splitDocuments(text)
    return document && others.length === 0 ? readYaml(document)?.value : undefined
  } catch {
    return undefined
  }
}
