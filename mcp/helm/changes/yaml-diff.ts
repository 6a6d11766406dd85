/** Two values as YAML, compared line by line. */
import { structuredPatch } from 'diff'
import { stringify } from 'yaml'

/** What takes longer to compare is shown as removed and added. In milliseconds. */
const COMPARE_MS = 1000

/**
 * A unified diff without headings, complete; empty if both are the same.
 * @param before undefined: there is none
 */
export function yamlDiff(before: unknown, after: unknown): string {
  const [old, next] = [toYaml(before), toYaml(after)]
  if (old === next) return ''
  if (old === '') return marked(next, '+').join('\n')
  if (next === '') return marked(old, '-').join('\n')
  const patch = structuredPatch('', '', old, next, '', '', { context: 3, timeout: COMPARE_MS })
  if (!patch) return [...marked(old, '-'), ...marked(next, '+')].join('\n')
  const lines = patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...lines.filter((line) => !line.startsWith('\\')),
  ])
  return lines.join('\n')
}

/** YAML 1.1, as kubectl and Helm read and write it: the text `yes` is quoted. */
function toYaml(value: unknown): string {
  if (value === undefined) return ''
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, version: '1.1' })
}

function marked(text: string, mark: '+' | '-'): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => mark + line)
}
