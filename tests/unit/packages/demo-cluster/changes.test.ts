/** Changes of the demo cluster that our own MCP server refuses. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { configMap, startDemoChanges, WEB, type DemoChanges } from './changes'

let demo: DemoChanges
beforeEach(async () => {
  demo = await startDemoChanges()
})
afterEach(() => demo.close())

describe('what cannot be', () => {
  const OTHER = { matchLabels: { app: 'x' } }

  it.each([
    ['kubectl_scale', { ...WEB, name: 'wep', replicas: 2 }, /There is no Deployment wep/],
    [
      'kubectl_scale',
      { resource: 'configmap', name: 'web-config', namespace: 'shop', replicas: 2 },
      /cannot be scaled/,
    ],
    ['kubectl_patch', { ...WEB, patch: { spec: { replicas: -1 } } }, /spec\.replicas.*greater than or equal to 0/],
    [
      'kubectl_patch',
      { ...WEB, patch: { spec: { selector: OTHER, template: { metadata: { labels: OTHER.matchLabels } } } } },
      /^spec\.selector of a Deployment cannot be changed/,
    ],
    ['kubectl_patch', { ...WEB, patch: [{ op: 'test', path: '/spec/replicas', value: 9 }] }, /test in it failed/],
    ['kubectl_create', configMap('web-config', {}), /exists already/],
    [
      'kubectl_create',
      { manifest: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: nowhere}\n' },
      /no namespace nowhere/,
    ],
    ['kubectl_delete', { resource: 'namespace', name: 'kube-system' }, /may not be deleted/],
  ])('%s %j', async (tool, args, words) => {
    expect(await demo.refusal(tool, args)).toMatch(words)
  })
})
