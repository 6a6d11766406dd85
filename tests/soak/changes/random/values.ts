/** Random values: texts that YAML, JSON or a diff could misread, and plain ones. */
import type { Random } from '../../random'

const TEXTS = [
  ...['yes', 'null', '~', '', '0644', '1e3', '007', '1_000', '0x1F', '2026-11-29', '12:30:45', '.inf', '=', '<<'],
  ...[
    ' spaced ',
    'a: b # c',
    '#x',
    '- a',
    '? b',
    '! c',
    '%d',
    '@at',
    '`tick`',
    '*star',
    '&and',
    '{{ .Values.x }}',
    '[a',
  ],
  ...['"quoted"', "it's", 'back\\slash', 'tab\there', 'line 1\nline 2\n', '\nfirst is empty', 'ends in space \nnext'],
  ...[
    'no end of line\n\n\n',
    '  indented\n    more\n',
    'Größe ünï 🚀 日本',
    '--- a\n+++ b\n@@ -1 +1 @@',
    '-1',
    '+1',
    'x'.repeat(300),
  ],
  ...['info', 'debug', 'http://example.com/?a=b&c=d', '{"json": [1, 2]}', 'key=value'],
]
const LABELS = ['web', 'back', 'yes', '1', '1.20', 'true', 'a_b-c', 'X', '']
const KEYS = ['tier', 'team', 'example.com/part', 'level', 'v', 'on']
const IMAGES = ['nginx:1', 'nginx:2', 'registry.example/team/web:1.2.3', 'busybox:1.36']
const QUANTITIES = { cpu: ['100m', '0.5', '1000m', '2'], memory: ['64Mi', '0.5Gi', '1e8', '128974848'] }

export class Values {
  constructor(private readonly random: Random) {}

  text(): string {
    return this.random.pick(TEXTS)
  }

  label(): string {
    return this.random.pick(LABELS)
  }

  key(): string {
    return this.random.pick(KEYS)
  }

  image(): string {
    return this.random.pick(IMAGES)
  }

  /** From `least` to `most`, inclusive. */
  count(least: number, most: number): number {
    return least + Math.floor(this.random.next() * (most - least + 1))
  }

  flip(): boolean {
    return this.random.next() < 0.5
  }

  pick<T>(items: readonly T[]): T {
    return this.random.pick(items)
  }

  labels(): Record<string, string> {
    return this.map(0, 3, () => this.label())
  }

  texts(): Record<string, string> {
    return this.map(1, 4, () => this.text())
  }

  quantities(): { cpu: string; memory: string } {
    return { cpu: this.pick(QUANTITIES.cpu), memory: this.pick(QUANTITIES.memory) }
  }

  private map(least: number, most: number, value: () => string): Record<string, string> {
    return Object.fromEntries(Array.from({ length: this.count(least, most) }, () => [this.key(), value()]))
  }
}
