/** Lines of a log as a terminal would show them: the last state of a progress bar, no colours, no control characters. */

// Built from text: control characters have no place in a literal.
const ESC = '\\u001b'
const BEL = '\\u0007'
const CONTROL = '\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f\\ufeff'

const control = new RegExp(`[${CONTROL}]`)
const controls = new RegExp(`[${CONTROL}]`, 'g')
/** Titles and links (OSC), and the other strings that end with ST. */
const strings = new RegExp(`${ESC}[\\]PX^_][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)?`, 'g')
/** Clears the line or returns to its first column: what follows is the line's next state, as after a carriage return. */
const lineStart = new RegExp(`${ESC}\\[(?:[12]K|[01]?G)`, 'g')
/** Colours, cursor movements and the rest of CSI; then escapes of two or three characters. */
const sequences = new RegExp(`${ESC}(?:\\[[0-9;:<=>?]*[ -/]*[@-~]?|[ -/]*[0-~]?)`, 'g')

/**
 * One line without its line feed, as a terminal would show it.
 * @returns the text after the last carriage return that text follows, without escape sequences and control characters
 */
export function terminalLine(line: string): string {
  if (!control.test(line)) return line
  const states = line.replace(strings, '').replace(lineStart, '\r').replace(sequences, '').split('\r')
  for (let at = states.length - 1; at >= 0; at--) {
    const text = withoutBackspaces(states[at] ?? '').replace(controls, '')
    if (text !== '') return text
  }
  return ''
}

/** A spinner goes back over its own character. */
function withoutBackspaces(text: string): string {
  if (!text.includes('\b')) return text
  const out: string[] = []
  for (const char of text) {
    if (char === '\b') out.pop()
    else out.push(char)
  }
  return out.join('')
}

/** The lines of a whole log; a line feed at its end makes no empty last line. */
export function terminalLines(text: string): string[] {
  if (text === '') return []
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map(terminalLine)
}
