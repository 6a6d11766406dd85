/** The right to read the identifying namespace is granted or revoked, or that namespace is replaced. */
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { createPlace, removeNamespace } from '../place'
import { CHANGED } from '../way'
import type { Way } from '../way'
import type { World } from '../world'

const tokenSchema = z.looseObject({ status: z.looseObject({ token: z.string() }) })
const tokens = new WeakMap<World, string>()

const RBAC = '/apis/rbac.authorization.k8s.io/v1'
const GROUP = 'rbac.authorization.k8s.io'
const SYSTEM = '/api/v1/namespaces/kube-system'
const UNTIL_MS = 20_000
const POLL_MS = 50

/** A service account that may change only the run's namespace. */
async function startAsWriter(world: World, seesAll: boolean): Promise<void> {
  const { name } = world.options.place
  const { api, namespace } = world.ours
  await api.send('POST', `/api/v1/namespaces/${namespace}/serviceaccounts`, { metadata: { name } })
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } }
  const answer = await api.send('POST', `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, body)
  const { token } = tokenSchema.parse(answer).status
  tokens.set(world, token)
  await allowWrites(world)
  if (seesAll) await allow(world)
  await world.start({ login: { token } })
}

const bound = (world: World, role: string) => ({
  metadata: { name: bindingName(world) },
  roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name: role },
  subjects: [{ kind: 'ServiceAccount', name: world.options.place.name, namespace: world.ours.namespace }],
})

const bindingName = ({ ours, options }: World) => `${ours.namespace}-${options.place.name}`

async function allowWrites(world: World): Promise<void> {
  const { namespace } = world.options.place
  await world.ours.api.send('POST', `${RBAC}/namespaces/${namespace}/rolebindings`, bound(world, 'edit'))
  await until(world, `/api/v1/namespaces/${namespace}`, 200)
}

async function allow(world: World): Promise<void> {
  await world.ours.api.send('POST', `${RBAC}/clusterrolebindings`, bound(world, 'view'))
  await until(world, SYSTEM, 200)
}

async function forbid(world: World): Promise<void> {
  await world.ours.api.send('DELETE', `${RBAC}/clusterrolebindings/${bindingName(world)}`)
  await until(world, SYSTEM, 403)
}

/** The API server applies bindings with a delay. */
async function until(world: World, path: string, status: number): Promise<void> {
  const token = tokens.get(world) ?? ''
  for (const end = Date.now() + UNTIL_MS; (await world.ours.api.statusWith(token, path)) !== status;) {
    if (Date.now() > end) throw new Error(`${path} is not answered by ${status}`)
    await delay(POLL_MS)
  }
}

const remove = (world: World) => forbid(world).catch(() => undefined)

export const RIGHTS_WAYS: readonly Way[] = [
  {
    name: 'kube-system may not be read any more',
    start: (world) => startAsWriter(world, true),
    between: forbid,
    expected: { refused: ['namespaces-not-identifying'] },
    restore: allow,
    remove,
  },
  {
    name: 'kube-system may be read now, and the card was identified by the namespace',
    start: (world) => startAsWriter(world, false),
    between: allow,
    expected: 'done',
    remove,
  },
  {
    name: 'the namespace that identifies the cluster was made again',
    ownNamespace: true,
    start: (world) => startAsWriter(world, false),
    between: async (world) => {
      const { operation, place } = world.options
      await removeNamespace(world.ours.api, place.namespace)
      await createPlace(world.ours.api, operation, place, true)
      await allowWrites(world)
      await world.refresh()
    },
    expected: CHANGED,
  },
]
