/** Reads our own server's description of one object: its verdict, and the lines about its state. */

export interface OwnObject {
  verdict?: 'bad' | 'waiting' | 'ok' | 'unknown'
  reason: string
  namespace?: string
  /** `Replicas: Desired: 2, Ready: 2` */
  facts: string[]
}

const HEADING = /^\w+ \S+?(?: in namespace ([^\s:.]+))?(?:: (bad|waiting|ok|unknown)(?: \((.*)\))?)?$/
const SECTION = /^([A-Z][\w /-]*):(?: (.*))?$/
/** They matter less than an object's state. */
const SKIPPED = /^(?:About|Labels|Annotations|Environment|Volumes|Left out here|Container .*|Capacity|Allocatable)$/
const NO_EVENTS = /^No events/
const MAX_FACTS = 6
const MAX_ROWS = 3
const MAX_LENGTH = 220

export function readObject(text: string): OwnObject | undefined {
  const [first = '', ...lines] = text.split('\n')
  const heading = HEADING.exec(first)
  if (!heading) return undefined
  const verdict = verdictOf(heading[2])
  return {
    ...(verdict && { verdict }),
    ...(heading[1] && { namespace: heading[1] }),
    reason: (heading[3] ?? '').replace(/\.$/, ''),
    facts: factsOf(lines),
  }
}

function verdictOf(word: string | undefined): OwnObject['verdict'] {
  return word === 'bad' || word === 'waiting' || word === 'ok' || word === 'unknown' ? word : undefined
}

interface Section {
  title: string
  lines: string[]
}

function factsOf(lines: string[]): string[] {
  const sections: Section[] = []
  for (const line of lines) {
    const found = SECTION.exec(line)
    const last = sections.at(-1)
    // `Desired: 2` is a line of the section before it, and `Pods: 2: 2 ok` begins one.
    const isInside =
      last !== undefined && last.lines.length > 0 && found?.[2] !== undefined && last.title !== '' && isOpen(last)
    if (found?.[1] && !(found[2] !== undefined && isInside)) {
      sections.push({ title: found[1], lines: found[2] === undefined ? [] : [found[2]] })
      if (found[2] !== undefined) sections.push({ title: '', lines: [] })
    } else if (last) last.lines.push(line)
  }
  const told = sections.filter(({ title, lines: said }) => title !== '' && !SKIPPED.test(title) && said.length > 0)
  return told
    .filter(({ lines: said }) => !said.every((line) => NO_EVENTS.test(line)))
    .slice(0, MAX_FACTS)
    .map(({ title, lines: said }) => shorten(`${title}: ${textOf(said)}`))
}

/** A section whose title stands alone takes the lines after it. */
function isOpen({ lines }: Section): boolean {
  return lines.every((line) => !line.includes(' | '))
}

function textOf(lines: string[]): string {
  const isTable = lines.some((line) => line.includes(' | '))
  if (!isTable) return lines.join(', ')
  const rows = lines.filter((line) => line.includes(' | ')).slice(1)
  const shown = rows.slice(0, MAX_ROWS).map((row) =>
    row
      .split(' | ')
      .filter((cell) => cell !== '-')
      .join(' '),
  )
  return [...shown, ...(rows.length > MAX_ROWS ? ['…'] : [])].join('; ')
}

function shorten(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text
}
