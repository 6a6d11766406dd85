/** One run: a change with its own folder and program. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Random } from '../random'
import type { Change } from './change'
import type { Sides } from './sides'
import { World } from './world'
import type { Tally } from './world'

export function newTally(): Tally {
  return { questions: 0, ours: 0, theirs: 0, refused: 0, renewed: 0 }
}

/** @returns the violations, each with the change and how it was made */
export async function runChange(change: Change, sides: Sides, random: Random, tally: Tally): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'k8s-ai-assistant-identity-'))
  const world = new World({ ours: sides.ours, theirs: sides.theirs, random, folder, tally })
  try {
    await change.run(world)
  } catch (error) {
    world.violations.push(`the run ended: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  } finally {
    await world.close()
    await rm(folder, { recursive: true, force: true })
  }
  return world.violations.map((text) => `${change.name} (${world.way}) ${text}`)
}
