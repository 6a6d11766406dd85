/** The context gets other credentials, of the same user or of another one with write access. */
import { chmodSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { READERS, tokenUser } from '../../../identity/side'
import type { IssuedToken } from '../../../identity/side'
import { loginOf } from '../login'
import { CHANGED } from '../way'
import type { Way } from '../way'
import { entryOf } from '../world'
import type { Start, World } from '../world'

const [FIRST, SECOND] = READERS

/** Logins that a later step needs. */
const started = new WeakMap<World, IssuedToken>()

async function startAsFirst(world: World, start: Start = {}): Promise<void> {
  const issued = await world.ours.token(FIRST)
  started.set(world, issued)
  await world.start({ login: { token: issued.value }, ...start })
}

const first = (world: World): IssuedToken => {
  const issued = started.get(world)
  if (!issued) throw new Error('the run has no token')
  return issued
}

const asSecond = (world: World) => tokenUser(SECOND, world.ours)

async function impersonate(world: World, as: string | undefined): Promise<void> {
  world.writeUser(entryOf({ ...(await world.operator()), as }))
}

/** A login program that prints the most recently written token. */
const credential = (world: World) => join(world.options.folder, 'credential.json')
const apiVersion = 'client.authentication.k8s.io/v1'

/** The previously printed token has expired by then. */
function show(world: World, token: string): void {
  const expirationTimestamp = new Date(Date.now() - 1000).toISOString()
  const status = { token, expirationTimestamp }
  writeFileSync(`${credential(world)}.new`, JSON.stringify({ apiVersion, kind: 'ExecCredential', status }))
  renameSync(`${credential(world)}.new`, credential(world))
}

async function startWithProgram(world: World): Promise<void> {
  const command = join(world.options.folder, 'login.sh')
  writeFileSync(command, `#!/bin/sh\nexec cat '${credential(world)}'\n`)
  chmodSync(command, 0o700)
  const issued = await world.ours.token(FIRST)
  started.set(world, issued)
  show(world, issued.value)
  const user = { exec: { apiVersion, command, interactiveMode: 'Never' } }
  await world.start({ login: { token: issued.value }, user })
}

const REVIEWS = 'selfsubjectreviews'

/** Approximate number of requests in a run. */
const REQUESTS = 9

/** Changes our user's entry before a random request. */
function atSomeRequest({ gates, options }: World, change: () => void): void {
  let left = Math.floor(options.random.next() * REQUESTS)
  gates.ours.onRequest = () => {
    if (left-- === 0) change()
  }
}

export const CREDENTIAL_WAYS: readonly Way[] = [
  {
    name: "another user's token is in the context",
    start: startAsFirst,
    between: async (world) => world.writeUser({ token: (await world.ours.token(SECOND)).value }),
    expected: CHANGED,
    restore: (world) => world.writeUser({ token: first(world).value }),
  },
  {
    name: 'the token is renewed, the former one is revoked',
    start: startAsFirst,
    between: async (world) => {
      const token = (await world.ours.token(FIRST)).value
      await first(world).revoke()
      world.logins.add(loginOf({ token }))
      world.writeUser({ token })
    },
    expected: 'done',
  },
  {
    name: 'the kubeconfig asks to act as another user',
    between: (world) => impersonate(world, asSecond(world)),
    expected: CHANGED,
    restore: (world) => impersonate(world, undefined),
  },
  {
    name: 'the kubeconfig asks to act as a third user',
    start: async (world) => {
      const login = { ...(await world.operator()), as: tokenUser(FIRST, world.ours) }
      await world.start({ login })
    },
    between: (world) => impersonate(world, asSecond(world)),
    expected: CHANGED,
    restore: (world) => impersonate(world, tokenUser(FIRST, world.ours)),
  },
  {
    name: 'the kubeconfig no longer asks to act as another user',
    start: async (world) => {
      const login = { ...(await world.operator()), as: tokenUser(FIRST, world.ours) }
      await world.start({ login })
    },
    between: (world) => impersonate(world, undefined),
    expected: CHANGED,
  },
  {
    name: 'the login program logs in as another user',
    start: startWithProgram,
    between: async (world) => show(world, (await world.ours.token(SECOND)).value),
    expected: CHANGED,
    restore: (world) => show(world, first(world).value),
  },
  {
    name: "the login program renews the user's token",
    start: startWithProgram,
    between: async (world) => {
      const token = (await world.ours.token(FIRST)).value
      world.logins.add(loginOf({ token }))
      show(world, token)
    },
    expected: 'done',
  },
  {
    name: 'the API server no longer tells who the user is',
    start: startAsFirst,
    between: (world) => void (world.gates.ours.missing = REVIEWS),
    expected: CHANGED,
    restore: (world) => void (world.gates.ours.missing = undefined),
  },
  {
    name: 'the API server never tells who the user is, and the token is renewed',
    start: async (world) => {
      world.gates.ours.missing = REVIEWS
      await startAsFirst(world)
    },
    between: async (world) => {
      const token = (await world.ours.token(FIRST)).value
      world.logins.add(loginOf({ token }))
      world.writeUser({ token })
    },
    expected: 'done',
  },
  {
    name: "the API server never tells who the user is, and another user's token is in the context",
    start: async (world) => {
      world.gates.ours.missing = REVIEWS
      await startAsFirst(world)
    },
    between: async (world) => world.writeUser({ token: (await world.ours.token(SECOND)).value }),
    expected: CHANGED,
    restore: (world) => world.writeUser({ token: first(world).value }),
  },
  {
    name: "another user's token comes into the context while the approval is carried out",
    start: startAsFirst,
    between: async (world) => {
      const token = (await world.ours.token(SECOND)).value
      atSomeRequest(world, () => world.writeUser({ token }))
    },
    expected: 'either',
  },
  {
    name: 'the kubeconfig asks to act as another user while the approval is carried out',
    between: async (world) => {
      const login = { ...(await world.operator()), as: asSecond(world) }
      atSomeRequest(world, () => world.writeUser(entryOf(login)))
    },
    expected: 'either',
  },
]
