/** The API server is stopped, and another cluster's takes over its address. */
import { CHANGED } from '../way'
import type { Way } from '../way'
import type { World } from '../world'

/** Approximate number of requests in a run. */
const REQUESTS = 9

/** Redirects the address before a random request, and back before a later one. */
function failOver(world: World, isBack: boolean): void {
  const { gates, options } = world
  const at = Math.floor(options.random.next() * REQUESTS)
  const backAt = isBack ? at + 1 + Math.floor(options.random.next() * 4) : -1
  let requests = 0
  gates.ours.onRequest = () => {
    if (requests === at) gates.ours.lead(world.theirs.api)
    if (requests === backAt) gates.ours.lead(world.ours.api)
    requests++
  }
}

export const ADDRESS_WAYS: readonly Way[] = [
  {
    name: 'another cluster answers at the address',
    between: ({ gates, theirs }) => gates.ours.lead(theirs.api),
    expected: CHANGED,
    restore: ({ gates, ours }) => gates.ours.lead(ours.api),
  },
  {
    name: 'another cluster answers at the address of a program that was started again',
    start: (world) => world.start({ pinned: false }),
    between: async (world) => {
      await world.kill()
      world.gates.ours.lead(world.theirs.api)
      await world.launch()
    },
    expected: CHANGED,
  },
  {
    name: 'another cluster answers at the address while the approval is carried out',
    between: (world) => failOver(world, false),
    expected: 'either',
  },
  {
    name: 'another cluster answers for a moment while the approval is carried out',
    between: (world) => failOver(world, true),
    expected: 'either',
  },
]
