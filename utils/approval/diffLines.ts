/** Parses a unified diff without file headers into lines. */
export interface DiffLine {
  kind: 'added' | 'removed' | 'same' | 'gap'
  /** `+`, `-` or a space; empty for a gap. */
  sign: string
  text: string
}

const kinds: Record<string, DiffLine['kind']> = { '+': 'added', '-': 'removed', ' ': 'same' }

/** Keeps every line except a first `@@`, which separates nothing. */
export function diffLines(diff: string): DiffLine[] {
  const lines = diff.replace(/\n$/, '').split('\n')
  return lines.flatMap((line, index): DiffLine[] => {
    if (line.startsWith('@@')) return index === 0 ? [] : [{ kind: 'gap', sign: '', text: '' }]
    const kind = kinds[line.charAt(0)]
    // An empty context line may have lost its space.
    return [kind ? { kind, sign: line.charAt(0), text: line.slice(1) } : { kind: 'same', sign: ' ', text: line }]
  })
}
