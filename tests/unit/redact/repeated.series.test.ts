/** Each trigger again and again, in one line or many: the work for a character must not grow with the length. */
import { describe, expect, it } from 'vitest'
import type { Detector } from '../../../server/redact/detector'
import { redactText } from '../../../server/redact/redact-text'
import { DETECTORS } from '../../../server/redact/registry'
import { cpuMs } from '../../support/cpu-time'

const SHORT = 20_000
const TIMES = 8
/** In quadratic time it would be TIMES. */
const MOST = 4
/** In milliseconds, for twice SHORT: quadratic time takes longer. */
const LEAST = 10
const TRIES = 3
const MANY = 50

const SEPARATORS = [' ', '"', '{', '\n  ', '=', ': ', '<', '\\n', 'a1B2']
const KEYS = ['password', 'token: ', '"secret":"', String.raw`password\":\"`]

function triggersOf({ trigger }: Detector): readonly string[] {
  switch (trigger.kind) {
    case 'key':
      return KEYS
    case 'words':
      // In capitals, too: some shapes have none, others only these.
      return trigger.words.flatMap((word) => [...new Set([word, word.toUpperCase()])])
    case 'run':
      return ['xY9zQ4'.repeat(Math.ceil(trigger.length / 6))]
  }
}

/** With each separator, or with one of them if there are many triggers of a kind. */
function partsOf(triggers: readonly string[]): string[] {
  if (triggers.length <= MANY) return triggers.flatMap((trigger) => SEPARATORS.map((separator) => trigger + separator))
  return triggers.map((trigger, index) => trigger + (SEPARATORS[index % SEPARATORS.length] ?? ''))
}

function timeOf(part: string, size: number): number {
  const text = part.repeat(Math.ceil(size / part.length))
  return cpuMs(() => redactText(text))
}

/** Whether a character takes much longer in a long text than in a short one, each time. */
function grows(part: string): boolean {
  if (timeOf(part, SHORT * 2) < LEAST) return false
  for (let tried = 0; tried < TRIES; tried++)
    if (timeOf(part, SHORT * TIMES) < timeOf(part, SHORT) * TIMES * MOST) return false
  return true
}

describe.each(DETECTORS.map((each) => [each.name, each] as const))('%s', (_, detector) => {
  it('takes linear time for its repeated triggers', { timeout: 60_000 }, () => {
    expect(partsOf(triggersOf(detector)).find(grows)).toBeUndefined()
  })
})
