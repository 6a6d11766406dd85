const all: LastRead<unknown>[] = []

/**
 * The last reading of a text, such as a long line, for reads that follow close by. Forgotten when the text is done,
 * since it may be large and hold credentials.
 */
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

  forget(): void {
    this.text = ''
    this.reading = undefined
  }
}

/** When a text is done. */
export function forgetReadings(): void {
  for (const each of all) each.forget()
}
