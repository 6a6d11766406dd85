/** Serialises megabytes of JSON in interruptible pieces. */

/** Characters of a string, and entries of an array, in one piece, which takes far less than a millisecond. */
const STRING_CHARS = 64 * 1024
const ARRAY_ENTRIES = 64

/**
 * @param value plain data, which may have undefined properties
 * @returns the pieces of JSON.stringify(value), in order. Splits long strings and long arrays, but not an entry of an
 * array.
 */
export function* jsonPieces(value: unknown): Generator<string, void, void> {
  if (typeof value === 'string' && value.length > STRING_CHARS) yield* stringPieces(value)
  else if (Array.isArray(value)) yield* arrayPieces(value)
  else if (typeof value === 'object' && value !== null) yield* objectPieces(value)
  else yield JSON.stringify(value) ?? 'null'
}

function* stringPieces(text: string): Generator<string, void, void> {
  yield '"'
  for (let at = 0; at < text.length;) {
    // Half a surrogate pair would be escaped, which is longer.
    const end = isHighSurrogate(text, at + STRING_CHARS - 1) ? at + STRING_CHARS - 1 : at + STRING_CHARS
    yield JSON.stringify(text.slice(at, end)).slice(1, -1)
    at = end
  }
  yield '"'
}

function isHighSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0xd800 && unit <= 0xdbff
}

function* arrayPieces(entries: readonly unknown[]): Generator<string, void, void> {
  yield '['
  if (entries.length <= ARRAY_ENTRIES) {
    for (const [at, entry] of entries.entries()) {
      if (at > 0) yield ','
      yield* jsonPieces(entry)
    }
  } else {
    for (let at = 0; at < entries.length; at += ARRAY_ENTRIES) {
      const run = JSON.stringify(entries.slice(at, at + ARRAY_ENTRIES)).slice(1, -1)
      yield at > 0 ? `,${run}` : run
    }
  }
  yield ']'
}

function* objectPieces(object: object): Generator<string, void, void> {
  let mark = '{'
  for (const [key, inner] of Object.entries(object)) {
    if (inner === undefined) continue
    yield `${mark}${JSON.stringify(key)}:`
    yield* jsonPieces(inner)
    mark = ','
  }
  yield mark === '{' ? '{}' : '}'
}
