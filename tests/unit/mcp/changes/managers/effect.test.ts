import { describe, expect, it } from 'vitest'
import { addsMetadataOnly, changes, effectOf } from '../../../../../mcp/changes/managers/effect'
import { rolloutLimits } from '../../../../../mcp/changes/managers/limits/rollout-limits'
import type { KubeObject } from '../../../../../mcp/kubernetes/types'
import { applyOf, deleteOf, patchOf, resourceOf, scaleOf } from '../../../../support/mcp/operations'

const DEPLOYMENT = resourceOf('Deployment')
const live: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', resourceVersion: '1', labels: { app: 'web' }, managedFields: [] },
  spec: {
    replicas: 2,
    template: {
      spec: {
        containers: [
          { name: 'main', image: 'nginx:1' },
          { name: 'log', image: 'log:1' },
        ],
      },
    },
  },
  status: { replicas: 2 },
}
const containers = [{ name: 'main', image: 'nginx:2' }]

describe('the effect of a change', () => {
  it('is read from the answer to the dry run', () => {
    const after = {
      ...live,
      metadata: { ...live.metadata, resourceVersion: '2', generation: 3, managedFields: [{ manager: 'x' }] },
      spec: { ...Object(live.spec), replicas: 5 },
      status: { replicas: 9 },
    }
    const effect = effectOf(patchOf(DEPLOYMENT, live, {}), after)
    expect(effect.changed).toEqual([['spec', 'replicas']])
    expect(effect.replicas).toEqual({ from: 2, to: 5 })
  })

  it('is read from the body without a dry run: containers are merged by name', () => {
    const effect = effectOf(patchOf(DEPLOYMENT, live, { spec: { template: { spec: { containers } } } }))
    expect(effect.changed).toEqual([['spec', 'template', 'spec', 'containers']])
    expect(effect.replicas).toBeUndefined()
    expect(effect.after?.spec).toMatchObject({
      template: {
        spec: {
          containers: [
            { name: 'main', image: 'nginx:2' },
            { name: 'log', image: 'log:1' },
          ],
        },
      },
    })
  })

  it('is empty if an apply sets existing values', () => {
    expect(effectOf(applyOf(DEPLOYMENT, live, live))).toMatchObject({ changed: [] })
  })

  it('is a number of replicas by the scale subresource', () => {
    expect(effectOf(scaleOf(DEPLOYMENT, live, 0)).replicas).toEqual({ from: 2, to: 0 })
    expect(effectOf(scaleOf(DEPLOYMENT, live, 2)).replicas).toBeUndefined()
  })

  it('has no fields for a delete', () => {
    expect(effectOf(deleteOf(DEPLOYMENT, live))).toEqual({ verb: 'delete', changed: [] })
  })

  it('takes null as a removal', () => {
    const effect = effectOf(patchOf(DEPLOYMENT, live, { metadata: { labels: { app: null } } }))
    expect(changes(effect, 'metadata', 'labels')).toBe(true)
    expect(addsMetadataOnly(effect, live)).toBe(false)
  })

  it.for([
    [{ metadata: { labels: { team: 'a' } } }, true],
    [{ metadata: { labels: { app: 'b' } } }, false],
    [{ metadata: { annotations: { a: 'b' } }, spec: { replicas: 3 } }, false],
    [{ spec: { template: { metadata: { annotations: { restartedAt: 'now' } } } } }, true],
  ] as const)('tells whether %j only adds labels and annotations: %s', ([patch, adds]) => {
    expect(addsMetadataOnly(effectOf(patchOf(DEPLOYMENT, live, patch)), live)).toBe(adds)
  })
})

describe('the limits of a rollout', () => {
  const of = (replicas: number, strategy: object) =>
    rolloutLimits({ metadata: { name: 'web' }, spec: { replicas, strategy } })

  it.for([
    [1, {}, { surge: 1, unavailable: 0 }],
    [4, {}, { surge: 1, unavailable: 1 }],
    [10, { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } }, { surge: 3, unavailable: 2 }],
    [3, { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }, { surge: 0, unavailable: 1 }],
    [3, { rollingUpdate: { maxSurge: 1, maxUnavailable: 9 } }, { surge: 1, unavailable: 3 }],
    [3, { type: 'Recreate' }, { surge: 0, unavailable: 3 }],
  ] as const)('of %i replicas with %j', ([replicas, strategy, limits]) => {
    expect(of(replicas, strategy)).toEqual(limits)
  })
})
