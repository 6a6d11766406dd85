const all: LastRead<unknown>[] = []

/** The last reading of a text, such as a long line, for reads that follow close by. */
export class LastRead<Reading> {
  private text = ''
  private reading: Reading | undefined

  constructor() {
    all.push(this)
  }

  of(text: string): Reading | undefined {
    return this.text === text ? this.reading : undefined
  }

  keep(text: string, reading: Reading): Reading {
    this.text = text
    this.reading = reading
    return reading
  }

  /** Empties it; the returned function restores it. */
  setAside(): () => void {
    const { text, reading } = this
    this.text = ''
    this.reading = undefined
    return () => {
      this.text = text
      this.reading = reading
    }
  }
}

/**
 * The last readings of one text while others are read: the texts inside it, and those that are redacted at the same
 * time. They end with the pass over the text, since it may be large and hold credentials.
 */
export class Readings {
  private kept: readonly (() => void)[] = []

  /** Runs `read`, which reads this text alone. */
  within<T>(read: () => T): T {
    const others = exchange(this.kept)
    try {
      return read()
    } finally {
      this.kept = exchange(others)
    }
  }
}

function exchange(next: readonly (() => void)[]): readonly (() => void)[] {
  const before = all.map((each) => each.setAside())
  for (const restore of next) restore()
  return before
}
