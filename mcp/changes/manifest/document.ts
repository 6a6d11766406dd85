/** One document of a manifest after it was read. */

export type Path = readonly (string | number)[]

/** An unquoted text that was read as another value than it looks like. */
export interface Surprise {
  path: Path
  written: string
  read: number | boolean
  line: number
  /** It is the name of a field, not its value. */
  isKey: boolean
}

export interface ReadDocument {
  value: unknown
  /** The line of a part, or of the nearest part around it; undefined if the manifest was not text. */
  lineOf: (path: Path) => number | undefined
  surprises: Surprise[]
}
