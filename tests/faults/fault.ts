/** A fault, what one run of it showed, and what it promises. */

export interface Outcome {
  /** What the page was told, in short. */
  told: string
  /** From the moment at which what was broken can be reached again until a question was answered well, in milliseconds. */
  recoveryMs?: number
  /** Mutations that reached the cluster more often than they were asked for. */
  executedTwice?: number
  /** A turn ended, or did not end, without a word to the person. */
  isLost?: boolean
  /** The conversation could not go on. */
  isUnusable?: boolean
  /** What else went wrong, or why one of the above. */
  problem?: string
}

/** A fault set up: it can be run again and again. */
export interface Scene {
  run: (at: number) => Promise<Outcome>
  close: () => Promise<void>
}

export interface Fault {
  name: string
  /** Of the MCP server, e.g. `Cont stdio`; `–` where that does not matter. */
  transport: string
  /** Longest recovery, in milliseconds. */
  limitMs?: number
  /** Why it cannot be run here. */
  skipped?: string
  setUp: () => Promise<Scene>
}

/** What all runs of a fault showed. */
export interface Row {
  fault: Fault
  outcomes: Outcome[]
}

/** A run that threw broke its promise, too. */
export async function runFault(fault: Fault, runs: number): Promise<Row> {
  if (fault.skipped !== undefined) return { fault, outcomes: [] }
  const outcomes: Outcome[] = []
  let scene: Scene | undefined
  try {
    scene = await fault.setUp()
    for (let at = 0; at < runs; at++) outcomes.push(await scene.run(at).catch(failed))
  } catch (error) {
    outcomes.push(failed(error))
  } finally {
    await scene?.close().catch((error: unknown) => outcomes.push(failed(error)))
  }
  return { fault, outcomes }
}

function failed(error: unknown): Outcome {
  return { told: 'the run failed', problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

/** @returns in words, what an outcome broke; empty where it kept its promise */
export function broken({ limitMs }: Fault, outcome: Outcome): string[] {
  const { executedTwice = 0, isLost, isUnusable, recoveryMs, problem } = outcome
  const late = limitMs !== undefined && recoveryMs !== undefined && recoveryMs >= limitMs
  return [
    ...(executedTwice > 0 ? [`executed ${executedTwice} times too often`] : []),
    ...(isLost ? ['a turn was lost without a word'] : []),
    ...(isUnusable ? ['the conversation was left unusable'] : []),
    ...(late ? [`recovered after ${Math.round(recoveryMs)} ms in place of ${limitMs}`] : []),
    ...(problem !== undefined ? [problem] : []),
  ]
}
