/** Another process, or another session, receives the approval. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { McpSession } from '../../../../support/mcp/program'
import { toYaml } from '../../../identity/kubeconfig'
import type { UserEntry } from '../../../identity/kubeconfig'
import { READERS } from '../../../identity/side'
import type { Side } from '../../../identity/side'
import type { Recorder } from '../../recorder'
import { loginOf } from '../login'
import { CHANGED } from '../way'
import type { Way } from '../way'
import { behind, entryOf } from '../world'
import type { World } from '../world'

const [FIRST, SECOND] = READERS

/** The session of the plan. */
const planned = new WeakMap<World, McpSession>()

const keep = (world: World) => void planned.set(world, world.session)
const back = (world: World) => {
  const session = planned.get(world)
  if (session) world.use(session)
}

/** A kubeconfig of another operator, with one context of the same name. */
function otherKubeconfig(world: World, server: string, user: UserEntry): string {
  const path = join(world.options.folder, 'other')
  const config = {
    ...world.config,
    currentContext: 'ours',
    contexts: [{ name: 'ours', context: { cluster: 'ours', user: 'ours' } }],
    clusters: [{ name: 'ours', cluster: behind(server) }],
    users: [{ name: 'ours', user }],
  }
  writeFileSync(path, toYaml(config))
  return path
}

async function sessionOf(world: World, side: Side, gate: Recorder, reader: (typeof READERS)[number]): Promise<string> {
  const { value: token } = await side.token(reader)
  await world.open({ kind: 'token', server: gate.url, ca: gate.ca, token })
  return token
}

export const PROCESS_WAYS: readonly Way[] = [
  {
    name: 'the program is killed and started again',
    start: (world) => world.start({ pinned: true }),
    between: async (world) => {
      await world.kill()
      await world.launch()
    },
    expected: 'done',
  },
  {
    name: 'current-context changes while the program is killed',
    start: (world) => world.start({ pinned: true }),
    between: async (world) => {
      await world.kill()
      world.change({ currentContext: 'theirs' })
      await world.launch()
    },
    expected: 'done',
  },
  {
    name: 'current-context changes while a program is killed that is not pinned',
    start: (world) => world.start({ pinned: false }),
    between: async (world) => {
      await world.kill()
      world.change({ currentContext: 'theirs' })
      await world.launch()
    },
    expected: CHANGED,
  },
  {
    name: 'the context names the other cluster while the program is killed',
    start: (world) => world.start({ pinned: true }),
    between: async (world) => {
      await world.kill()
      const cluster = behind(world.gates.theirs.url)
      world.change({ clusters: world.config.clusters.map((each) => ({ ...each, cluster })) })
      await world.launch()
    },
    expected: CHANGED,
    restore: async (world) => world.write(world.kubeconfig(entryOf(await world.operator()))),
  },
  {
    name: "the operator starts the program again on the other cluster's kubeconfig",
    between: async (world) => {
      const path = otherKubeconfig(world, world.gates.theirs.url, entryOf(await world.operator()))
      await world.kill()
      await world.launch({ KUBECONFIG: path })
    },
    expected: CHANGED,
    restore: async (world) => {
      await world.kill()
      await world.launch()
    },
  },
  {
    name: 'the approval reaches a replica on the other cluster',
    between: async (world) => {
      keep(world)
      await world.launch({
        KUBECONFIG: otherKubeconfig(world, world.gates.theirs.url, entryOf(await world.operator())),
      })
    },
    expected: CHANGED,
    restore: back,
  },
  {
    name: 'the approval reaches a replica on the same cluster as another user',
    between: async (world) => {
      keep(world)
      const { value: token } = await world.ours.token(SECOND)
      await world.launch({ KUBECONFIG: otherKubeconfig(world, world.gates.ours.url, { token }) })
    },
    expected: CHANGED,
    restore: back,
  },
  {
    name: 'the approval reaches a replica on the same cluster',
    between: async (world) => {
      await world.launch({ KUBECONFIG: otherKubeconfig(world, world.gates.ours.url, entryOf(await world.operator())) })
    },
    expected: 'done',
  },
  {
    name: 'the program is killed while the approval is carried out, and gets it again',
    between: () => undefined,
    during: async (world) => {
      await delay(world.options.random.next() * 600)
      await world.kill()
      world.change({ currentContext: 'theirs' })
      await world.launch()
    },
    expected: 'either',
  },
  {
    name: 'the approval comes in the session of another user',
    start: async (world) => {
      await world.start()
      world.logins.clear()
      world.logins.add(loginOf({ token: await sessionOf(world, world.ours, world.gates.ours, FIRST) }))
    },
    between: async (world) => {
      keep(world)
      await sessionOf(world, world.ours, world.gates.ours, SECOND)
    },
    expected: CHANGED,
    restore: back,
  },
  {
    name: 'the approval comes in a session with credentials of the other cluster',
    start: async (world) => {
      await world.start({ pinned: false })
      world.logins.clear()
      world.logins.add(loginOf({ token: await sessionOf(world, world.ours, world.gates.ours, FIRST) }))
    },
    between: async (world) => {
      keep(world)
      await sessionOf(world, world.theirs, world.gates.theirs, FIRST)
    },
    expected: CHANGED,
    restore: back,
  },
]
