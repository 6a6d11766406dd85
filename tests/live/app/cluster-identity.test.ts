/** A sample of the long series `identity`: each change once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHANGES } from '../../soak/identity/changes'
import { newTally, runChange } from '../../soak/identity/run-change'
import { NEEDS, openSides } from '../../soak/identity/sides'
import type { Sides } from '../../soak/identity/sides'
import { seeded } from '../../soak/random'

const missing = NEEDS.filter((name) => !process.env[name])

describe.skipIf(missing.length > 0)('between two questions to the MCP program', () => {
  let sides: Sides
  beforeAll(async () => {
    sides = await openSides(process.env)
  })
  afterAll(() => sides?.remove())

  it.for(CHANGES.map((change, at) => ({ ...change, at })))(
    'keeps to its cluster if $name',
    async ({ at, ...change }, context) => {
      const why = change.impossible?.(sides)
      if (why !== undefined) return context.skip(why)
      const tally = newTally()
      expect(await runChange(change, sides, seeded(at + 1), tally)).toEqual([])
      expect(tally).toMatchObject({ theirs: 0 })
      expect(tally.ours).toBeGreaterThan(0)
    },
  )
})
