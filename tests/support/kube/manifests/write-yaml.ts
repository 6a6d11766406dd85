/** Writes random content as YAML: block and flow style, comments, indentation, and forms that must be refused. */
import type { Random } from '../../../soak/random'
import { block, doubleQuoted, plain, singleQuoted } from './scalars'

const KEYS = [
  'a',
  'image',
  'replicas',
  'name',
  'prometheus.io/scrape',
  'x-y',
  'k8s',
  'with space',
  'ünï',
  'key_1',
  'enabled',
]
const OTHER_KEYS = ['1', '80', '0644', 'true', 'yes', 'on', '2020-01-01', '"quoted"', "'no'", '"<<"', '0x1F', '-1']
const ODD_KEYS = [
  'null',
  '~',
  '1.5',
  '',
  '<<',
  'a',
  'a1',
  'y',
  '? a',
  '[a]',
  '{a: b}',
  '__proto__',
  '12345678901234567890',
]
const REFUSED = [
  '&a 1',
  '*a',
  '!!str 1',
  '!local x',
  '&b {a: 1}',
  '!!binary aGk=',
  '!!int "1"',
  '! x',
  '&c',
  '!!set {a}',
]

export class YamlWriter {
  constructor(
    private readonly random: Random,
    /** Probability, from 0 to 1, of something that readers refuse or disagree on. */
    private readonly odd: number,
  ) {}

  /** A value after `key:` or `-` with its leading space, without a line break. */
  value(indent: number, depth: number): string {
    const { random } = this
    const kind = random.next()
    if (kind < this.odd) return ` ${random.pick(REFUSED)}`
    if (depth < 4 && kind < 0.2) return `${this.comment()}\n${this.map(this.deeper(indent), depth + 1)}`
    if (depth < 4 && kind < 0.32) {
      // Items may be indented as little as their list's name.
      const left = indent >= 0 && random.next() < 0.4 ? indent : this.deeper(indent)
      return `${this.comment()}\n${this.list(left, depth + 1)}`
    }
    if (depth < 4 && kind < 0.42) return `${this.space()}${this.flow(indent, depth + 1)}${this.comment()}`
    if (kind < 0.5) {
      const deeper = this.deeper(indent)
      return `${this.space()}${block(random, deeper, deeper - indent, this.odd)}`
    }
    if (kind < 0.53) return this.comment()
    return `${this.space()}${this.scalar(indent)}${this.comment()}`
  }

  /** Lines of a map at this indentation. */
  map(indent: number, depth: number): string {
    return this.some(4)
      .map((_, index) => {
        const lead = `${this.commentLine(indent)}${' '.repeat(indent)}`
        const key = this.key(index)
        if (this.random.next() < 0.01) return `${lead}? ${key}\n${' '.repeat(indent)}:${this.value(indent, depth)}`
        return `${lead}${key}${this.random.next() < 0.03 ? ' ' : ''}:${this.value(indent, depth)}`
      })
      .join('\n')
  }

  private list(indent: number, depth: number): string {
    return this.some(4)
      .map(() => {
        const lead = `${this.commentLine(indent)}${' '.repeat(indent)}-`
        // A map or list that begins on its dash's line.
        if (depth < 4 && this.random.next() < 0.25) {
          const inner = this.random.next() < 0.7 ? this.map(indent + 2, depth + 1) : this.list(indent + 2, depth + 1)
          if (!inner.trimStart().startsWith('#')) return `${lead} ${inner.trimStart()}`
        }
        return `${lead}${this.value(indent, depth)}`
      })
      .join('\n')
  }

  private flow(indent: number, depth: number): string {
    const { random } = this
    const gap = () => {
      const kind = random.next()
      return kind < 0.6 ? ' ' : kind < 0.85 ? '' : `\n${' '.repeat(this.deeper(indent))}`
    }
    const value = () => (depth < 4 && random.next() < 0.2 ? this.flow(indent, depth + 1) : this.scalar(indent))
    const comma = random.next() < 0.1 ? ',' : ''
    if (random.next() < 0.5) return `[${gap()}${this.some(4).map(value).join(`,${gap()}`)}${comma}${gap()}]`
    const pairs = this.some(4).map((_, index) => {
      if (random.next() < 0.03) return this.key(index)
      return `${this.key(index)}:${random.next() < 0.95 ? ' ' : ''}${value()}`
    })
    return `{${gap()}${pairs.join(`,${gap()}`)}${comma}${gap()}}`
  }

  private scalar(indent: number): string {
    const { random } = this
    const fold = `${random.next() < 0.3 ? '\n' : ''}\n${' '.repeat(this.deeper(indent))}`
    const kind = random.next()
    if (kind < 0.15) return singleQuoted(random, fold)
    if (kind < 0.35) return doubleQuoted(random, fold, this.odd)
    return random.next() < 0.08
      ? `${plain(random, this.odd)}${fold}${plain(random, this.odd)}`
      : plain(random, this.odd)
  }

  /** Unlike earlier keys, except for a rare duplicate. */
  private key(index: number): string {
    const { random } = this
    if (random.next() < this.odd) return random.pick(ODD_KEYS)
    if (random.next() < 0.04 && index < 2) return random.pick(OTHER_KEYS)
    const key = `${random.pick(KEYS)}${index === 0 ? '' : index}`
    const style = random.next()
    return style < 0.1 ? `"${key}"` : style < 0.15 ? `'${key}'` : key
  }

  private some(most: number): null[] {
    return Array.from({ length: 1 + Math.floor(this.random.next() * most) }, () => null)
  }

  private deeper(indent: number): number {
    return indent + this.random.pick([2, 2, 2, 2, 4, 1, 3])
  }

  private space(): string {
    const kind = this.random.next()
    return kind < 0.93 ? ' ' : kind < 0.98 || this.random.next() > this.odd ? '   ' : '\t'
  }

  private comment(): string {
    const kind = this.random.next()
    return kind < 0.06
      ? ' # note'
      : kind < 0.08
        ? '  '
        : kind < 0.08 + this.odd / 10
          ? '\t# tab'
          : kind < 0.09
            ? ' #'
            : ''
  }

  private commentLine(indent: number): string {
    const kind = this.random.next()
    if (kind < 0.04) return `${' '.repeat(indent)}# a: b\n`
    if (kind < 0.06) return '# left\n'
    return kind < 0.09 ? '\n' : ''
  }
}
