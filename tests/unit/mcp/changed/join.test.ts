import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { joinFailures } from '../../../../mcp/changed/failures/join'
import { canCause } from '../../../../mcp/changed/failures/mechanisms'
import type { Change } from '../../../../mcp/changed/types'
import { runChecks } from '../../../../mcp/diagnose/run-checks'
import { World } from '../../../../mcp/diagnose/world/world'
import { quotedWords } from '../../../../shared/messages/create'
import { toObject } from '../../../../mcp/kubernetes/list/paging'

const NOW = Date.parse('2026-11-29T12:00:00Z')
const minutes = (ago: number) => NOW - ago * 60_000

/** A pod of Deployment web that cannot pull its image since ten minutes. */
const PODS = `
- apiVersion: v1
  kind: Pod
  metadata: {name: web-1-a, namespace: a, creationTimestamp: "2026-11-29T11:50:00Z", ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, controller: true}]}
  spec: {nodeName: n1, containers: [{name: web, image: "web:2", envFrom: [{configMapRef: {name: settings}}]}]}
  status:
    phase: Pending
    conditions: [{type: Ready, status: "False", lastTransitionTime: "2026-11-29T11:50:00Z"}]
    containerStatuses: [{name: web, image: "web:2", ready: false, restartCount: 0, state: {waiting: {reason: ImagePullBackOff, message: not found}}}]
`
const SETS = `
- apiVersion: apps/v1
  kind: ReplicaSet
  metadata: {name: web-1, namespace: a, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, controller: true}]}
  spec: {replicas: 1}
`
const DEPLOYMENTS = `
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: a}, spec: {replicas: 1}}
`

const read = (text: string) => z.array(z.unknown()).parse(parse(text)).map(toObject)

const world = new World({
  now: NOW,
  objects: new Map([
    ['Pod', read(PODS)],
    ['apps/ReplicaSet', read(SETS)],
    ['apps/Deployment', read(DEPLOYMENTS)],
  ]),
  events: [],
})
const { causes } = runChecks(world)

function change(at: number, path: string, more: Partial<Change> = {}): Change {
  const object = { kind: 'apps/Deployment', namespace: 'a', name: 'web' }
  return { at, source: 'revision', object, what: quotedWords('changed'), fields: [{ path }], ...more }
}

const IMAGE = 'spec.template.spec.containers[web].image'

describe('the kind of a change', () => {
  it.each([
    ['Service', true],
    ['apiregistration.k8s.io/APIService', false],
    ['ServiceAccount', false],
  ])('%s: can make a container crash: %s', (kind, can) => {
    const created = change(minutes(11), '', { object: { kind, name: 'a' }, source: 'object', fields: [] })
    expect(canCause('container-crash', created)).toBe(can)
  })
})

describe('a failure', () => {
  it('belongs to the change before it that can cause it', () => {
    const image = change(minutes(10.5), IMAGE)
    const joined = joinFailures(world, [image], causes)
    expect(joined.get(image)).toMatchObject({ at: '2026-11-29T11:50:00Z', object: { kind: 'Pod', name: 'web-1-a' } })
  })

  it('does not belong to a change after it', () => {
    expect(joinFailures(world, [change(minutes(5), IMAGE)], causes).size).toBe(0)
  })

  it('belongs to the older change if the newer one cannot cause it', () => {
    const image = change(minutes(12), IMAGE)
    const object = { kind: 'ConfigMap', namespace: 'a', name: 'settings' }
    const config = change(minutes(11), 'data.mode', { object, source: 'fields' })
    expect([...joinFailures(world, [config, image], causes).keys()]).toEqual([image])
  })

  it('does not belong to a change of another object', () => {
    const object = { kind: 'apps/Deployment', namespace: 'a', name: 'other' }
    expect(joinFailures(world, [change(minutes(11), IMAGE, { object })], causes).size).toBe(0)
  })

  it('belongs to the edit and not to the creation before it', () => {
    const edit = change(minutes(11), 'spec.template.metadata.annotations[team]')
    const created = change(minutes(600), '', { source: 'object', fields: [] })
    expect([...joinFailures(world, [edit, created], causes).keys()]).toEqual([edit])
  })
})
