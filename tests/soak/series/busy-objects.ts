/**
 * Objects with another writer: changes outside the card do not refuse it, changes on it require a new approval.
 */
import { randomUUID } from 'node:crypto'
import { tryBusy } from '../changes/busy/busy'
import type { BusyObject } from '../changes/busy/busy'
import { tryMeddled } from '../changes/busy/meddled'
import { OTHER_OBJECTS, SHOWN_FIELDS } from '../changes/busy/meddling'
import type { Meddling } from '../changes/busy/meddling'
import { create, deployment, gadget } from '../changes/busy/objects'
import { touch } from '../changes/busy/touching'
import { createGadgets } from '../changes/gadgets'
import { openKubeApi } from '../../support/kube/kube-api'
import { startMcpProgram } from '../../support/mcp/program'
import type { Series } from '../types'

/** One of fifty tries at a busy object may fail. */
const TRIES_FOR_A_FAILURE = 50

export const busyObjects: Series = {
  name: 'busy-objects',
  what: 'a busy object can be changed, and one that is no longer as it was shown is asked about again',
  runs: 50,
  needs: ['TEST_KUBECONFIG'],
  run: async ({ runs, random, env, log }) => {
    const kubeconfig = env.TEST_KUBECONFIG ?? ''
    const api = await openKubeApi(kubeconfig)
    const id = randomUUID().slice(0, 8)
    const namespace = `assistant-busy-${id}`
    await api.send('POST', '/api/v1/namespaces', { metadata: { name: namespace } })
    const { group, remove } = await createGadgets(api, id)
    const program = await startMcpProgram({ transport: 'http', args: ['--writes'], env: { KUBECONFIG: kubeconfig } })
    const violations: string[] = []
    let ended = 0
    const made = () => ++ended % 10 === 0 && log(`${ended} of ${3 * runs} tries`)

    const busy = async () => {
      const objects = busyObjectsIn(namespace, group)
      for (const { target } of objects) await create(api, target)
      const touching = objects.map(({ target }) => touch(api, target))
      const failures: string[] = []
      try {
        // Scales and then patches each object in turn.
        for (let at = 0; at < runs; at++) {
          const object = objects[Math.floor(at / 2) % objects.length]
          if (!object) break
          const failure = await tryBusy(program.session, api, object, at, random.fork(`busy ${at}`))
          if (failure !== undefined) failures.push(`busy, try ${at + 1}: ${failure}`)
          made()
        }
      } finally {
        await Promise.all(touching.map((each) => each.stop()))
      }
      for (const each of failures) log(each)
      if (failures.length > Math.floor(runs / TRIES_FOR_A_FAILURE)) violations.push(...failures)
      return { failed: failures.length, writes: touching.reduce((sum, each) => sum + each.writes(), 0) }
    }

    const meddled = async (kind: string, all: readonly Meddling[]) => {
      const order = Array.from({ length: Math.ceil(runs / all.length) }, (_, round) =>
        random.fork(`${kind} ${round}`).shuffle(all),
      ).flat()
      let asked = 0
      for (const [at, meddling] of order.slice(0, runs).entries()) {
        const place = { namespace, name: `${kind}-${at}` }
        const failure = await tryMeddled(program.session, api, meddling, place, group)
        if (failure === undefined) asked++
        else violations.push(`${kind}, try ${at + 1}: ${failure}`)
        made()
      }
      return asked
    }

    try {
      const [{ failed, writes }, fields, objects] = await Promise.all([
        busy(),
        meddled('field', SHOWN_FIELDS),
        meddled('object', OTHER_OBJECTS),
      ])
      const figures = {
        'busy objects changed': `${runs - failed} of ${runs}`,
        'writes of others meanwhile': writes,
        'asked again about fields': `${fields} of ${runs}`,
        'asked again about objects': `${objects} of ${runs}`,
      }
      return { runs: 3 * runs, violations, figures }
    } finally {
      await program.stop()
      await api.send('DELETE', `/api/v1/namespaces/${namespace}`)
      await remove()
      await api.close()
    }
  },
}

function busyObjectsIn(namespace: string, group: string): BusyObject[] {
  const [web, tool] = ['busy-deployment', 'busy-gadget'].map((name) => ({ namespace, name }))
  if (!web || !tool) throw new Error('a place is missing')
  return [
    {
      target: deployment(web),
      place: web,
      replicas: 'replicas',
      patch: (value) => ({
        patch: { spec: { revisionHistoryLimit: 3 + (value % 7) } },
        path: ['spec', 'revisionHistoryLimit'],
        shows: 3 + (value % 7),
      }),
    },
    {
      target: gadget(tool, group),
      place: tool,
      replicas: 'size',
      patch: (value) => ({
        patch: { spec: { limits: { burst: 10 + value } } },
        path: ['spec', 'limits', 'burst'],
        shows: 10 + value,
      }),
    },
  ]
}
