import type { Detector, Hit, Next } from '../../detector'
import type { Spans } from '../../spans'
import type { KeyAt } from '../../text/key-at'

/** Runs a detector at names that promise a credential. */
export function atNames(redact: (text: string, key: KeyAt, out: Spans) => Next): Detector['redact'] {
  return (text: string, { end, key }: Hit, out: Spans): Next => (key ? redact(text, key, out) : end)
}
