/** What a language brings to recognize general questions. */
export interface GeneralForms {
  /** Whether a text may be in this language, by its letters. */
  isIn: (text: string) => boolean
  /** Politeness, and a frame that makes what follows general. */
  opening: RegExp
  smallTalk: RegExp
  /** Whether it asks what a kind is, or how something is done. */
  isForm: (asked: string) => boolean
  /** Whether it points at what exists: a person's own, a place, a time, a name. */
  isSpecific: (asked: string) => boolean
  /** What only somebody who has looked can say. */
  state: RegExp
}

export function hasAccents(text: string): boolean {
  return /(?!\p{ASCII})\p{L}/u.test(text)
}
