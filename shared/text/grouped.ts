const NUMBERS = new Intl.NumberFormat('en-US')

/** `4,873`: digits in groups, as in English, for the model and for marks in texts. */
export function grouped(value: number): string {
  return NUMBERS.format(value)
}
