/**
 * Takes a long text apart where nothing that is redacted can reach across, so that it may be redacted a piece at a time.
 * What spans lines is a YAML value with its deeper lines, a Secret, a PEM block, folded base64, a value below its name, and
 * a value that kubectl describe prints.
 */

const BEGIN = '-----BEGIN '
const END = '-----END '
/** As far as redact/pem.ts looks for an END. */
const longestBlock = 64 * 1024
/** In characters: a longer piece than this is cut within its line. */
const longestPiece = 256 * 1024
/** How far from a cut within a line there is nothing to redact. */
const reach = 2048
/** Whose value is said to be one only elsewhere: what holds these is taken apart less often. */
const secret = /\bkind\\*["']?[ \t]*:[ \t]*\\*["']?Secret/
const described = ':\n----\n'

/**
 * The text in pieces of about `size` characters and more; together they are the text. Linear.
 * @param redact tells where in an endless line there is nothing to redact
 */
export function* piecesOf(text: string, size: number, redact: (text: string) => string): Generator<string, void, void> {
  const { mayEnd, mayCut } = text.length <= size ? {} : boundaries(text)
  let start = 0
  let boundary = 0
  while (mayEnd && text.length - start > size) {
    if (boundary < start + size) boundary = nextBoundary(text, start, size, mayEnd)
    const cut = mayCut && boundary - start >= longestPiece ? withinLine(text, start + size, redact) : undefined
    const end = cut ?? boundary
    yield text.slice(start, end)
    start = end
  }
  if (start < text.length || text === '') yield text.slice(start)
}

/** The index after the first line feed from `start + size` on at which a piece may end; the text's length for none. */
function nextBoundary(text: string, start: number, size: number, mayEnd: (end: number) => boolean): number {
  for (let at = text.indexOf('\n', start + size); at >= 0; at = text.indexOf('\n', at + 1))
    if (mayEnd(at + 1) && !inBlock(text, start, at + 1)) return at + 1
  return text.length
}

/** Where an endless line may be cut near `from`: between words, with nothing to redact in reach. */
function withinLine(text: string, from: number, redact: (text: string) => string): number | undefined {
  for (let at = from, tries = 0; tries < 32; tries++, at += reach) {
    const around = text.slice(at - reach, at + reach)
    const blank = around.slice(reach, reach + 256).search(/[ ,;]/)
    if (around.includes('\n')) return undefined
    if (blank >= 0 && redact(around) === around) return at + blank + 1
  }
  return undefined
}

interface Boundaries {
  /** Whether a piece may end at this index, just after a line feed; absent where the text has to stay whole. */
  mayEnd?: (end: number) => boolean
  /** Whether an endless line may be cut. */
  mayCut?: boolean
}

function boundaries(text: string): Boundaries {
  // A list of Secrets says at its end what its items are.
  if (text.includes('SecretList')) return {}
  const hasSecret = secret.test(text)
  if (text.includes(described))
    return hasSecret ? {} : { mayEnd: (end) => text[end - 2] === '\n' && beginsLine(text, end) }
  if (!hasSecret) return { mayEnd: (end) => beginsLine(text, end), mayCut: true }
  const item = /\n( {2,8}\{\n)/.exec(text.slice(0, 4096))?.[1]
  return { mayEnd: (end) => beginsObject(text, end) || (item !== undefined && text.startsWith(item, end)) }
}

/**
 * A document, an item of a list of objects, or a line of a log. Where there is a Secret no other line will do: its kind
 * may follow its data.
 */
function beginsObject(text: string, end: number): boolean {
  const line = text.slice(end, end + 24)
  return /^(?:---\s|- (?:apiVersion|kind|data|metadata):|\{"|\[?\d{4}[-/]\d\d|[IWEF]\d{4} |(?:time|ts|level)=)/.test(
    line,
  )
}

/** A line of its own, which continues none above it. */
function beginsLine(text: string, end: number): boolean {
  const line = text.slice(end, end + 120)
  // Deeper lines, items, and what closes a JSON object belong to what is above.
  if (!/^[A-Za-z0-9[{(<"'=+*#]/.test(line) || /^["']?(?:value|name)\b/.test(line)) return false
  const above = text.slice(Math.max(0, end - 120), end - 1)
  const lastLine = above.slice(above.lastIndexOf('\n') + 1)
  if (/(?:[:=,\\|>]|-----|\bbearer|\bauthorization)\s*$/i.test(lastLine)) return false
  return !(/[A-Za-z0-9+/_-]{40}={0,2}\s*$/.test(lastLine) && /^[A-Za-z0-9+/_-]{4,}={0,2}["']?(?:\s|$)/.test(line))
}

/** Between a BEGIN and its END. */
function inBlock(text: string, start: number, end: number): boolean {
  const from = Math.max(start, end - longestBlock)
  const before = text.slice(from, end)
  const begin = before.lastIndexOf(BEGIN)
  if (begin < 0 || before.indexOf(END, begin) >= 0) return false
  return text.slice(end, from + begin + longestBlock).includes(END)
}
