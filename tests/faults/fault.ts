/** A fault, the outcome of one run, and the promises to keep. */

export interface Outcome {
  /** What the page displayed, shortened. */
  told: string
  /** Milliseconds from the moment the broken part was reachable again until a good answer. */
  recoveryMs?: number
  /** Mutations executed more often than requested. */
  executedTwice?: number
  /** A turn ended silently, or never. */
  isLost?: boolean
  /** The conversation could not continue. */
  isUnusable?: boolean
  /** Other problems, or the reason for one of the above. */
  problem?: string
}

/** A prepared fault that can be run repeatedly. */
export interface Scene {
  run: (at: number) => Promise<Outcome>
  close: () => Promise<void>
}

export interface Fault {
  name: string
  /** Transport to the MCP server, e.g. `kubernetes-mcp-server stdio`; `–` if irrelevant. */
  transport: string
  /** Longest recovery, in milliseconds. */
  limitMs?: number
  /** Why it cannot run here. */
  skipped?: string
  /** It is mostly waited for, on servers that no other of these uses: they run at once, after the others. */
  waits?: boolean
  setUp: () => Promise<Scene>
}

/** The outcomes of all runs of a fault. */
export interface Row {
  fault: Fault
  outcomes: Outcome[]
}

/** @returns groups of faults that run at once */
export function groups(faults: Fault[]): Fault[][] {
  const alone = faults.filter(({ waits }) => !waits)
  return [...alone.map((fault) => [fault]), faults.filter(({ waits }) => waits)]
}

/** A run that throws also breaks a promise. */
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

/** @returns the broken promises as messages; empty if all were kept */
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
