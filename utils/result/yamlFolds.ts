/** The lines of a YAML text, and which of them belong to which key, by indentation alone. */
export interface YamlLine {
  /** Starting at 1. */
  number: number
  text: string
  /** Index of the last line that folds into this one; absent for a line without children. */
  end?: number
}

export function yamlLines(text: string): YamlLine[] {
  const texts = text.replace(/\n$/, '').split('\n')
  const indents = texts.map(indentOf)
  return texts.map((line, index) => {
    const end = endOf(index, texts, indents)
    return { number: index + 1, text: line, ...(end > index && { end }) }
  })
}

/** The lines that remain when those at the indexes in `folded` hide their children. */
export function visibleLines(lines: readonly YamlLine[], folded: ReadonlySet<number>): YamlLine[] {
  const shown: YamlLine[] = []
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]
    if (!line) break
    shown.push(line)
    if (line.end !== undefined && folded.has(index)) index = line.end
  }
  return shown
}

/** Indexes of the folded lines that hide the line at `index`. */
export function foldsAround(lines: readonly YamlLine[], folded: ReadonlySet<number>, index: number): number[] {
  return [...folded].filter((fold) => fold < index && (lines[fold]?.end ?? fold) >= index)
}

/** The keys of the outermost mapping with their lines' indexes. */
export function outline(lines: readonly YamlLine[]): { key: string; index: number }[] {
  return lines.flatMap(({ text, end }, index) => {
    const key = /^([A-Za-z][\w-]*):\s*$/.exec(text)?.[1]
    return key !== undefined && end !== undefined ? [{ key, index }] : []
  })
}

/** Infinite for a blank line, which belongs to the line above. */
function indentOf(text: string): number {
  return text.trim() === '' ? Infinity : text.length - text.trimStart().length
}

function endOf(index: number, texts: readonly string[], indents: readonly number[]): number {
  const own = indents[index] ?? 0
  if (own === Infinity) return index
  // A sequence may stand at the indentation of its key.
  const isKey = /:\s*$/.test(texts[index] ?? '')
  const isSequence = isKey && indents[index + 1] === own && isItem(texts[index + 1])
  let end = index
  for (let at = index + 1; at < texts.length; at++) {
    const indent = indents[at] ?? 0
    const isInside = indent > own || (isSequence && indent === own && isItem(texts[at]))
    if (!isInside) break
    if (indent !== Infinity) end = at
  }
  return end
}

function isItem(text = ''): boolean {
  return /^\s*-(\s|$)/.test(text)
}
