/** A parsed document of a manifest. */

export type Path = readonly (string | number)[]

/** An unquoted text that YAML reads differently than it looks. */
export interface Surprise {
  path: Path
  written: string
  read: number | boolean
  line: number
  /** True if it is a field name. */
  isKey: boolean
}

export interface ReadDocument {
  value: unknown
  /** The line of a part or its nearest parent; undefined if the manifest was not text. */
  lineOf: (path: Path) => number | undefined
  surprises: Surprise[]
}
