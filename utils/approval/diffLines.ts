/** A unified diff without file headings, line by line. */
export interface DiffLine {
  kind: 'added' | 'removed' | 'same' | 'gap'
  /** `+`, `-` or a space; empty for a gap between two places. */
  sign: string
  text: string
}

const kinds: Record<string, DiffLine['kind']> = { '+': 'added', '-': 'removed', ' ': 'same' }

/** Every line of the diff is one of these: nothing is left out but the numbers of a first `@@`, which separates nothing. */
export function diffLines(diff: string): DiffLine[] {
  const lines = diff.replace(/\n$/, '').split('\n')
  return lines.flatMap((line, index): DiffLine[] => {
    if (line.startsWith('@@')) return index === 0 ? [] : [{ kind: 'gap', sign: '', text: '' }]
    const kind = kinds[line.charAt(0)]
    // An empty line of the text may have lost its space.
    return [kind ? { kind, sign: line.charAt(0), text: line.slice(1) } : { kind: 'same', sign: ' ', text: line }]
  })
}
