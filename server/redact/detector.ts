/** The interface of a credential detector. */
import type { Spans } from './spans'
import type { KeyAt } from './text/key-at'

/** What a text must contain for a detector to be called; the pre-filter combines all of them. */
type Trigger =
  /** A credential's name, as shared/redact knows them, in one of these places. */
  | { kind: 'key'; places: readonly KeyPlace[] }
  /** One of these words in lower case, matched against the folded text. */
  | { kind: 'words'; words: readonly string[] }
  /** This many characters of base64 or base64url in a row. */
  | { kind: 'run'; length: number }

/**
 * `value`: a sign such as `=` and a value follow on the same line. `block`: after the sign the line ends or a bracket
 * opens. `bare`: no sign follows.
 */
export type KeyPlace = 'value' | 'block' | 'bare'

/** Position of a trigger: its first character, and the index after its last. */
export interface Hit {
  start: number
  end: number
  /** The trigger's own word, in lower case; empty for a run. */
  word: string
  /** The whole name, if the trigger is one. */
  key: KeyAt | undefined
}

/**
 * Where to continue: earlier triggers are skipped, if this is after the current one. A generator does long work in
 * steps.
 */
export type Next = number | Generator<void, number, void>

/** True if redaction finds something in this decoded part of the text. */
export type Holds = (decoded: string) => boolean

export interface Detector {
  /** Unique; also the title of its tests. */
  name: string
  trigger: Trigger
  /**
   * Reports the parts to replace around one trigger. Reading is bounded in both directions; anything read further ahead
   * must be skipped through the return value, so that the time stays linear.
   */
  redact(text: string, hit: Hit, out: Spans, holds: Holds): Next
  samples: {
    /** A text, and the parts that must be removed. */
    gone: readonly (readonly [text: string, ...secrets: string[]])[]
    /** Texts with a trigger or of similar form that must stay unchanged. */
    kept: readonly string[]
  }
}
