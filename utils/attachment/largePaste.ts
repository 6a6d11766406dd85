/** Longer pasted texts become attachments: they are data, and would hide the question. In lines. */
const MAX_PASTED_LINES = 30

export function isLargePaste(text: string): boolean {
  return text.split(/\r\n?|\n/).length > MAX_PASTED_LINES
}
