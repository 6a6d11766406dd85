import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { fieldChanges } from '../../../../mcp/changes/field-changes'
import { sourcePatch } from '../../../../mcp/changes/source-patch'
import { toObject } from '../../../../mcp/kubernetes/list/paging'
import type { PlannedObject } from '../../../../shared/changes/change'

const DEPLOYMENT = `
metadata: {name: web, namespace: shop, labels: {app: web, tier: front}, generation: 3}
spec:
  replicas: 3
  template:
    spec:
      containers:
        - {name: web, image: "web:1", env: [{name: MODE, value: fast}], args: [a, b]}
        - {name: log, image: "log:1"}
status: {replicas: 3}
`
const ofDeployment = {
  verb: 'update' as const,
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'web',
  namespace: 'shop',
}

/** @param edit of the object's YAML */
function patchOf(
  edit: (text: string) => string,
  of: Partial<PlannedObject> = ofDeployment,
  text = DEPLOYMENT,
): unknown {
  const [before, after] = [text, edit(text)].map((each) => toObject(z.unknown().parse(parse(each))))
  const planned = { ...ofDeployment, diff: '', assigned: [], notes: [], ...of }
  const patch = sourcePatch({ planned, result: after, changes: fieldChanges(before, after) })
  return patch === undefined ? undefined : parse(patch)
}

const head = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } }

describe('the patch for the source of an object', () => {
  it('has the changed field alone', () => {
    expect(patchOf((text) => text.replace('replicas: 3\n', 'replicas: 5\n'))).toEqual({
      ...head,
      spec: { replicas: 5 },
    })
  })

  it('names the elements of a list that has names', () => {
    const edit = (text: string) => text.replace('log:1', 'log:2').replace('value: fast', 'value: slow')
    const containers = [
      { name: 'web', env: [{ name: 'MODE', value: 'slow' }] },
      { name: 'log', image: 'log:2' },
    ]
    expect(patchOf(edit)).toEqual({ ...head, spec: { template: { spec: { containers } } } })
  })

  it('has a list without names whole', () => {
    const containers = [{ name: 'web', args: ['a', 'c'] }]
    expect(patchOf((text) => text.replace('[a, b]', '[a, c]'))).toEqual({
      ...head,
      spec: { template: { spec: { containers } } },
    })
  })

  it('removes a field with null', () => {
    expect(patchOf((text) => text.replace(', tier: front', ''))).toEqual({
      ...head,
      metadata: { ...head.metadata, labels: { tier: null } },
    })
  })

  it('leaves out what the cluster writes', () => {
    const edit = (text: string) => text.replace('generation: 3', 'generation: 4').replace('status: {replicas: 3}', '')
    expect(patchOf(edit)).toBeUndefined()
  })

  it.each([
    ['elements that are removed', (text: string) => text.replace(/\n +- \{name: log.*/, ''), ofDeployment],
    ['a Secret', (text: string) => text.replace('replicas: 3\n', 'replicas: 5\n'), { kind: 'Secret' }],
    ['a deletion', (text: string) => text.replace('replicas: 3\n', 'replicas: 5\n'), { verb: 'delete' as const }],
  ])('does not exist for %s', (_, edit, of) => {
    expect(patchOf(edit, of)).toBeUndefined()
  })
})
