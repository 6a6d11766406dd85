/** Log lines as a terminal shows them: last state of a progress bar, no colours, no control characters. */

// Built from text: control characters do not belong in a literal.
const ESC = '\\u001b'
const BEL = '\\u0007'
const CONTROL = '\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f\\ufeff'

const control = new RegExp(`[${CONTROL}]`)
/** In a whole log, whose lines end with line feeds. */
const anyControl = new RegExp(`[${CONTROL.replace('\\u000a', '\\u000b')}]`)
const controls = new RegExp(`[${CONTROL}]`, 'g')
/** Titles and links (OSC), and other strings that end with ST. */
const strings = new RegExp(`${ESC}[\\]PX^_][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)?`, 'g')
/** Clears the line or returns to its first column: like a carriage return, the next state follows. */
const lineStart = new RegExp(`${ESC}\\[(?:[12]K|[01]?G)`, 'g')
/** Colours, cursor movements and the rest of CSI; then escapes of two or three characters. */
const sequences = new RegExp(`${ESC}(?:\\[[0-9;:<=>?]*[ -/]*[@-~]?|[ -/]*[0-~]?)`, 'g')

/**
 * One line without its line feed, as a terminal shows it.
 * @returns the text after the last effective carriage return, without escape sequences and control characters
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

/** A spinner moves back over its own character. */
function withoutBackspaces(text: string): string {
  if (!text.includes('\b')) return text
  const out: string[] = []
  for (const char of text) {
    if (char === '\b') out.pop()
    else out.push(char)
  }
  return out.join('')
}

/** The lines of a whole log; a final line feed adds no empty line. */
export function terminalLines(text: string): string[] {
  if (text === '') return []
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return anyControl.test(text) ? lines.map(terminalLine) : lines
}
