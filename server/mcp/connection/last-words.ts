/** A program's last lines on stderr, which explain its exit. */
import { plainWords } from '../errors'

/** The prefix of klog: `E1129 09:02:01.000001 1 memcache.go:265] `. */
const KLOG = /^[IWEF]\d{4} [\d:.]+ +\d+ [^\]]*\] /

export class LastWords {
  private lines: string[] = []

  constructor(private readonly most = 5) {}

  /** @param text a chunk or a line */
  hear(text: string): void {
    const fresh = text.split('\n').map((line) => line.replace(KLOG, '').trim())
    this.lines = [...this.lines, ...fresh.filter((line) => line !== '')].slice(-this.most)
  }

  /** Redacted and bounded; empty if nothing was written. */
  get words(): string {
    return plainWords(this.lines.join('\n'))
  }
}
