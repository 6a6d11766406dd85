/** Measures the time from a fault to a good answer in the same conversation. */
import type { Outcome } from './fault'
import type { FaultModel } from './model'
import { isGood, isWordless, toldOf } from './page'
import type { Page, Seen } from './page'

/** A conversation without a good answer for this long is unusable, in milliseconds. */
const GIVE_UP_MS = 60_000

/** Numbers the questions, to distinguish them in a log. */
let asked = 0
export const question = (what = 'Show me all pods') => `${what} (${++asked})`

export interface Recovery extends Pick<Outcome, 'recoveryMs' | 'isUnusable' | 'isLost' | 'problem'> {
  /** The questions asked; the last one got a good answer, unless it took too long. */
  tries: Seen[]
}

/**
 * Asks until an answer is good.
 * @param since when the broken part became reachable, by performance.now()
 */
export async function recover(
  page: Page,
  model: Pick<FaultModel, 'violations'>,
  since = performance.now(),
): Promise<Recovery> {
  const tries: Seen[] = []
  for (;;) {
    const seen = await page.ask(question()).seen
    tries.push(seen)
    const recoveryMs = performance.now() - since
    const isLost = tries.some(isWordless)
    const isLate = !isGood(seen) && recoveryMs > GIVE_UP_MS
    if (!isGood(seen) && !isLate) continue
    const violations = model.violations()
    const isUnusable = isLate || violations.length > 0
    const words = [...violations, ...(isLost || isLate ? tries.map(toldOf) : [])]
    return { tries, recoveryMs, isLost, isUnusable, ...(words.length > 0 && { problem: words.join('\n') }) }
  }
}

/** The outcome of a fault in mid-turn and of its recovery. */
export function outcomeOf(seen: Seen, told: string, recovered: Recovery): Outcome {
  const { tries, isLost, problem, ...rest } = recovered
  const wordless = isWordless(seen)
  const failures = tries.filter((each) => !isGood(each)).map(toldOf)
  const words = [told, ...(failures.length > 0 ? [`then ${[...new Set(failures)].join('; ')}`] : [])]
  const problems = [
    ...(wordless ? [`no word: ${JSON.stringify(seen).slice(0, 1000)}`] : []),
    ...(problem ? [problem] : []),
  ]
  return {
    ...rest,
    told: words.filter(Boolean).join('; '),
    isLost: isLost === true || wordless,
    ...(problems.length > 0 && { problem: problems.join('\n') }),
  }
}
