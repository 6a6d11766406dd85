import { describe, expect, it } from 'vitest'
import { prepareWrite } from '../../../server/preview'
import type { RawToolResult } from '../../../server/results/types'
import { scriptedToolbox } from '../../support/agent/scripted'

const signal = new AbortController().signal
const table = (...names: string[]) => ['NAME     READY', ...names.map((name) => `${name.padEnd(9)}1/1`)].join('\n')
/** Of a list without rows. */
const NONE = 'No resources found'
const ok = (text: string): RawToolResult => ({ isError: false, texts: [text] })
const forbidden: RawToolResult = { isError: true, texts: ['Error from server (Forbidden): no'] }

/** A server of either kind: what it answers to a read of one object, and to a list. */
function server(object: object, list: (kind: string) => RawToolResult) {
  const one = ok(JSON.stringify(object))
  return scriptedToolbox({
    resources_get: async () => one,
    resources_list: async ({ kind }) => list(String(kind)),
    kubectl_get: async ({ output, resourceType }) => (output === 'json' ? one : list(String(resourceType))),
  })
}

async function notesOf(tool: string, args: Record<string, unknown>, toolbox = server({}, () => ok(NONE))) {
  return (await prepareWrite(tool, args, toolbox, signal)).preview.notes
}

describe('what goes with a namespace', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'payments' } }
  const goes = (list: (kind: string) => RawToolResult) =>
    notesOf('resources_delete', { apiVersion: 'v1', kind: 'Namespace', name: 'payments' }, server(namespace, list))

  it('is counted by kind', async () => {
    const listed = await goes((kind) => ok(kind === 'Pod' ? table('a', 'b') : NONE))
    expect(listed).toEqual([
      {
        code: 'namespace-contents',
        params: { namespace: 'payments', contents: '2 Pods (a, b)' },
        text: 'Everything in namespace payments goes with it: 2 Pods (a, b), and objects of other kinds.',
      },
    ])
  })

  it('names the kinds that could not be listed apart from those that were', async () => {
    const listed = await goes((kind) => (kind === 'Secret' || kind === 'Job' ? forbidden : ok(table('a'))))
    expect(listed[0]).toMatchObject({ code: 'namespace-partly', params: { unlisted: 'Jobs, Secrets' } })
    expect(listed[0]?.text).toMatch(
      /1 Pod \(a\),.*, Jobs, Secrets that could not be listed, and objects of other kinds\.$/,
    )
    const [none] = await goes((kind) => (kind === 'Secret' ? forbidden : ok(NONE)))
    expect(none?.text).toBe(
      'Everything in namespace payments goes with it: Secrets that could not be listed, and objects of other kinds.',
    )
  })

  it('may be nothing of the usual kinds', async () => {
    expect(await goes(() => ok(NONE))).toMatchObject([
      {
        code: 'namespace-empty',
        params: { namespace: 'payments' },
        text: expect.stringContaining('nothing was found'),
      },
    ])
  })
})

describe('what matches a selector', () => {
  const matching = (args: object, list: RawToolResult = ok(table('a'))) =>
    notesOf(
      'kubectl_delete',
      { resourceType: 'pods', labelSelector: 'app=web', ...args },
      server({}, () => list),
    )

  it.each([
    [{ namespace: 'shop' }, 'matching-in', '1 Pod (a) in namespace shop match now; '],
    [{ allNamespaces: true }, 'matching-everywhere', '1 Pod (a) in all namespaces match now; '],
    [{ resourceType: 'nodes' }, 'matching', '1 Node (a) match now; '],
  ])('is counted where it is looked for: %j', async (args, code, text) => {
    expect(await matching(args)).toMatchObject([{ code, text: `${text}whatever matches when it runs is deleted.` }])
  })

  it.each<[object, RawToolResult, string, string]>([
    [{}, forbidden, 'unlisted-refused', 'Error from server (Forbidden): no'],
    [{}, ok('no table'), 'unlisted-no-table', 'the answer is no table'],
    [{ resourceType: '-f' }, ok(NONE), 'unlisted-kind', '"-f" is no kind.'],
    [{ namespace: '..' }, ok(NONE), 'unlisted-namespace', '".." is no valid namespace.'],
    [{ labelSelector: '--all' }, ok(NONE), 'unlisted-selector', '"--all" is no valid selector.'],
  ])('could not be listed, and why: %j', async (args, list, code, why) => {
    const [first] = await matching(args, list)
    expect(first).toMatchObject({ code, text: expect.stringMatching(/^What matches .* could not be listed: /) })
    expect(first?.text.endsWith(`could not be listed: ${why}`)).toBe(true)
  })
})

describe('the pods', () => {
  const web = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { selector: { matchLabels: { app: 'web' } } },
  }
  const restarted = (spec: object) =>
    notesOf(
      'kubectl_rollout',
      { name: 'web', namespace: 'shop', subCommand: 'restart' },
      server({ ...web, spec }, () => forbidden),
    )

  it.each([
    [{ replicas: 2 }, 'Its 2 pods are replaced by new ones, some at a time.'],
    [{ replicas: 2, strategy: { type: 'Recreate' } }, 'Its 2 pods are replaced by new ones, all at once.'],
    [{}, 'Its pods are replaced by new ones, some at a time.'],
    [{ strategy: { type: 'Recreate' } }, 'Its pods are replaced by new ones, all at once.'],
  ])('of a restart with %j', async (spec, text) => {
    expect(await restarted(spec)).toMatchObject([{ text }])
  })

  it('of a deletion or on a node that could not be listed', async () => {
    const args = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' }
    expect(
      await notesOf(
        'resources_delete',
        args,
        server(web, () => forbidden),
      ),
    ).toEqual([{ code: 'delete-pods-unlisted', text: 'With it go pods that could not be listed.' }])
    const node = server({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } }, () => forbidden)
    expect(await notesOf('node_management', { nodeName: 'n1', operation: 'uncordon' }, node)).toEqual([
      {
        code: 'node-uncordon-unlisted',
        text: 'New pods may be started on it again. On it now: pods that could not be listed.',
      },
    ])
  })
})
