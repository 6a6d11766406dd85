/** Empty and partial answers: "none", "not found", "forbidden" and "incomplete" are distinct. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { codesOf } from '../../support/message-codes'
import { hasKubectl, testKubeconfig } from '../../support/app'
import { startLiveCluster } from '../../support/cluster/live-cluster'
import type { LiveCluster } from '../../support/cluster/live-cluster'
import { startMcpProgram } from '../../support/mcp/program'
import type { McpProgram, ToolReply } from '../../support/mcp/program'

type Who = 'admin' | 'confined' | 'partly' | 'nobody' | 'no-metrics'

interface Case {
  id: string
  who?: Who
  tool?: string
  args: Record<string, unknown>
  /** Code of the error; absent: the call succeeds. */
  error?: string
  /** Rows of the table. */
  rows?: number | 'some'
  /** False: the answer reports that it is incomplete. */
  complete?: boolean
  /** Codes of notes. */
  notes?: string[]
  /** Words of the whole answer. */
  words?: (string | RegExp)[]
  absent?: (string | RegExp)[]
}

const configSchema = z.looseObject({
  'current-context': z.string(),
  contexts: z.array(
    z.looseObject({ name: z.string(), context: z.looseObject({ cluster: z.string(), user: z.string() }) }),
  ),
  users: z.array(z.looseObject({ name: z.string(), user: z.looseObject({}) })),
})

/** The admin's kubeconfig, impersonating another user; works on every cluster. */
async function actingAs(kubeconfig: string, user: string, namespace?: string): Promise<string> {
  const config = configSchema.parse(parse(await readFile(kubeconfig, 'utf8')))
  const current = config.contexts.find((each) => each.name === config['current-context'])
  const admin = config.users.find((each) => each.name === current?.context.user)
  if (!current || !admin) throw new Error('TEST_KUBECONFIG has no current context with a user')
  return stringify({
    ...config,
    users: [{ name: user, user: { ...admin.user, as: user } }],
    contexts: [{ name: user, context: { ...current.context, user, ...(namespace && { namespace }) } }],
    'current-context': user,
  })
}

const crd = (group: string, plural: string, kind: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: { plural, singular: kind.toLowerCase(), kind },
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
})

const rbac = (user: string, namespaces: string[]) => [
  ...namespaces.map((namespace) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: user, namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
  })),
]

const clusterRole = (name: string, user: string, rules: object[]) => [
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
  },
]

describe.skipIf(!testKubeconfig || !hasKubectl())('coverage on the real API server', () => {
  let cluster: LiveCluster
  let folder: string
  let ns: string
  let empty: string
  const programs = new Map<Who, McpProgram>()
  let cleanUp: () => Promise<unknown> = async () => undefined

  beforeAll(async () => {
    cluster = await startLiveCluster(testKubeconfig ?? '')
    ns = cluster.namespace
    empty = `${ns}-empty`
    folder = await mkdtemp(join(tmpdir(), 'coverage-'))
    const suffix = ns.slice(-8)
    const [one, two] = [`one-${suffix}.example.com`, `two-${suffix}.example.com`]
    const plural = `routes${suffix}`
    const objects = [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: empty } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: ns }, data: { colour: 'blue' } },
      crd(one, plural, `Route${suffix}`),
      crd(two, plural, `Route${suffix}`),
      crd(one, `lonely${suffix}`, `Lonely${suffix}`),
      ...rbac(`confined-${suffix}`, [ns]),
      ...rbac(`partly-${suffix}`, [ns]),
      ...clusterRole(`partly-${suffix}`, `partly-${suffix}`, [
        { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list'] },
      ]),
      ...clusterRole(`no-metrics-${suffix}`, `no-metrics-${suffix}`, [
        { apiGroups: [''], resources: ['pods', 'namespaces', 'nodes'], verbs: ['get', 'list'] },
      ]),
    ]
    const file = join(folder, 'objects.yaml')
    await writeFile(file, objects.map((object) => stringify(object)).join('---\n'))
    await cluster.kubectl('apply', '-f', file)
    cleanUp = () => cluster.kubectl('delete', '-f', file, '--wait=false', '--ignore-not-found')
    await cluster.kubectl(
      'wait',
      '--for=condition=Established',
      `crd/${plural}.${one}`,
      `crd/${plural}.${two}`,
      '--timeout=30s',
    )

    const kubeconfigs: Record<Who, string> = {
      admin: await readFile(testKubeconfig ?? '', 'utf8'),
      confined: await actingAs(testKubeconfig ?? '', `confined-${suffix}`, ns),
      partly: await actingAs(testKubeconfig ?? '', `partly-${suffix}`),
      nobody: await actingAs(testKubeconfig ?? '', `nobody-${suffix}`),
      'no-metrics': await actingAs(testKubeconfig ?? '', `no-metrics-${suffix}`),
    }
    const whos: Who[] = ['admin', 'confined', 'partly', 'nobody', 'no-metrics']
    for (const who of whos) {
      const path = join(folder, who)
      await writeFile(path, kubeconfigs[who], { mode: 0o600 })
      programs.set(who, await startMcpProgram({ transport: 'stdio', env: { KUBECONFIG: path } }))
    }
  })

  afterAll(async () => {
    await Promise.all([...programs.values()].map((program) => program.stop()))
    await cleanUp()
    await cluster?.remove()
    await rm(folder, { recursive: true, force: true })
  })

  /** `NS`, `EMPTY` and `ID` stand for this run's names. */
  function named<T>(value: T): T {
    const text = JSON.stringify(value).replaceAll('EMPTY', empty).replaceAll('NS', ns).replaceAll('ID', ns.slice(-8))
    return JSON.parse(text)
  }

  async function ask({ who = 'admin', tool = 'kubectl_get', args }: Case): Promise<ToolReply> {
    const program = programs.get(who)
    if (!program) throw new Error(`no program for ${who}`)
    return await program.session.call(tool, named(args))
  }

  const CASES: Case[] = [
    // Typing errors
    {
      id: 'a mistyped namespace of pods (coverage-3)',
      args: { resource: 'pods', namespace: 'NSx' },
      error: 'missing-namespace',
      words: ['Did you mean NS'],
    },
    {
      id: 'a mistyped namespace of ConfigMaps',
      args: { resource: 'cm', namespace: 'NSx' },
      error: 'missing-namespace',
    },
    {
      id: 'a namespace that resembles none',
      args: { resource: 'pods', namespace: 'zzzzzzzzzzzzzz' },
      error: 'missing-namespace',
      absent: ['Did you mean'],
    },
    {
      id: 'a mistyped namespace of an object',
      args: { resource: 'pods', name: 'web', namespace: 'NSx' },
      error: 'missing-namespace',
    },
    {
      id: 'a mistyped namespace of events',
      tool: 'kubectl_events',
      args: { namespace: 'NSx' },
      error: 'missing-namespace',
    },
    {
      id: 'a mistyped namespace of a log',
      tool: 'kubectl_logs',
      args: { name: 'web', namespace: 'NSx' },
      error: 'missing-namespace',
    },
    {
      id: 'a mistyped namespace of Helm releases',
      tool: 'helm_list',
      args: { namespace: 'NSx' },
      error: 'missing-namespace',
    },
    {
      id: 'a mistyped namespace of CPU in use',
      tool: 'kubectl_top',
      args: { resource: 'pods', namespace: 'NSx' },
      error: 'missing-namespace',
    },
    {
      id: 'a mistyped kind',
      args: { resource: 'deploymnts' },
      error: 'unknown-kind',
      words: ['Did you mean deployment'],
    },
    { id: 'a kind that does not exist', args: { resource: 'unicorns' }, error: 'unknown-kind' },
    {
      id: 'a mistyped name (coverage-4)',
      args: { resource: 'deploy', name: 'wbe', namespace: 'NS' },
      error: 'not-found',
      words: ['Near names: web'],
    },
    {
      id: 'a mistyped name to describe',
      tool: 'kubectl_describe',
      args: { resource: 'deploy', name: 'crt', namespace: 'NS' },
      error: 'not-found',
      words: ['cart'],
    },
    {
      id: 'a name in the wrong namespace',
      args: { resource: 'deploy', name: 'web', namespace: 'EMPTY' },
      error: 'not-found',
    },
    {
      id: 'a selector that matches nothing (coverage-8)',
      args: { resource: 'pods', namespace: 'NS', labelSelector: 'app=wbe' },
      rows: 0,
      notes: ['selector-matches-nothing-in'],
      words: ['app=web', '5 pods in NS'],
    },
    {
      id: 'a label that nobody has',
      args: { resource: 'pods', namespace: 'NS', labelSelector: 'colour=red' },
      rows: 0,
      words: ['not in use there'],
    },
    {
      id: 'a field that selects nothing',
      args: { resource: 'pods', namespace: 'NS', fieldSelector: 'status.phase=Failed' },
      rows: 0,
      notes: ['selector-matches-nothing-in'],
    },
    {
      id: 'a field that the API does not know',
      args: { resource: 'pods', fieldSelector: 'spec.colour=red' },
      error: 'bad-request',
    },
    {
      id: 'a column that does not exist',
      args: { resource: 'pods', sortBy: 'colour' },
      error: 'invalid-arguments',
      words: ['RESTARTS'],
    },
    { id: 'a count by something unknown', args: { resource: 'pods', countBy: 'colour' }, error: 'invalid-arguments' },
    // Kinds
    {
      id: 'a kind in two groups, with a guessed version (coverage-6)',
      args: { resource: 'v1/RouteID' },
      error: 'unknown-kind',
      words: ['one-ID.example.com/v1alpha1', 'two-ID.example.com/v1alpha1'],
    },
    {
      id: 'a kind in two groups',
      args: { resource: 'routesID' },
      rows: 0,
      notes: ['several-groups'],
      words: ['two-ID.example.com'],
    },
    {
      id: 'a kind in two groups, one of them named',
      args: { resource: 'routesID.two-ID.example.com' },
      rows: 0,
      words: ['two-ID.example.com'],
    },
    { id: 'a guessed version of a kind in one group', args: { resource: 'v1/LonelyID' }, rows: 0 },
    {
      id: 'a guessed version of a built-in kind',
      args: { resource: 'extensions/v1beta1/Deployment', namespace: 'NS' },
      error: 'unknown-kind',
      words: ['apps/v1'],
    },
    {
      id: 'an empty namespace that exists',
      args: { resource: 'pods', namespace: 'EMPTY' },
      rows: 0,
      complete: true,
      words: ['EMPTY'],
    },
    // Partial rights
    {
      id: 'all pods, allowed in one namespace (coverage-1)',
      who: 'confined',
      args: { resource: 'pods' },
      rows: 5,
      complete: false,
      notes: ['namespaces-hidden'],
      words: ['Only NS was read'],
    },
    {
      id: 'all Deployments, allowed in one namespace',
      who: 'confined',
      args: { resource: 'deploy', allNamespaces: true },
      rows: 3,
      complete: false,
      notes: ['namespaces-hidden'],
    },
    {
      id: 'all Services of which there are none, allowed in one namespace',
      who: 'confined',
      args: { resource: 'svc' },
      rows: 0,
      complete: false,
      notes: ['namespaces-hidden'],
    },
    {
      id: 'all events, allowed in one namespace',
      who: 'confined',
      tool: 'kubectl_events',
      args: {},
      rows: 'some',
      complete: false,
      notes: ['namespaces-hidden'],
    },
    {
      id: 'the namespaces of a confined user (coverage-2)',
      who: 'confined',
      args: { resource: 'namespaces' },
      error: 'forbidden',
      words: ['may not list namespaces', 'names the namespace NS'],
      absent: ['at the cluster scope', 'is forbidden'],
    },
    {
      id: 'another namespace of a confined user',
      who: 'confined',
      args: { resource: 'pods', namespace: 'EMPTY' },
      error: 'forbidden',
      words: ['may not list pods in the namespace EMPTY'],
    },
    {
      id: 'a namespace that a confined user cannot know of',
      who: 'confined',
      args: { resource: 'pods', namespace: 'NSx' },
      error: 'forbidden',
    },
    {
      id: 'nodes of a confined user',
      who: 'confined',
      args: { resource: 'nodes' },
      error: 'forbidden',
      words: ['may not list nodes'],
    },
    { id: 'Secrets of a viewer', who: 'confined', args: { resource: 'secrets' }, error: 'forbidden' },
    {
      id: 'Helm releases of a viewer, who may read no Secrets',
      who: 'confined',
      tool: 'helm_list',
      args: {},
      error: 'forbidden',
    },
    {
      id: 'a log in another namespace',
      who: 'confined',
      tool: 'kubectl_logs',
      args: { name: 'web', namespace: 'kube-system' },
      error: 'forbidden',
    },
    {
      id: 'a name without a namespace, of a confined user',
      who: 'confined',
      args: { resource: 'deploy', name: 'web' },
      words: ['"name":"web"', 'NS'],
    },
    {
      id: 'all pods of a user who may list namespaces',
      who: 'partly',
      args: { resource: 'pods' },
      rows: 5,
      complete: false,
      notes: ['namespaces-denied'],
      words: [/1 of \d+ namespaces were read: NS\./, 'EMPTY'],
    },
    {
      id: 'a missing namespace of a user who may list namespaces',
      who: 'partly',
      args: { resource: 'pods', namespace: 'NSx' },
      error: 'forbidden',
    },
    {
      id: 'all pods of a user who may nothing',
      who: 'nobody',
      args: { resource: 'pods' },
      error: 'forbidden',
      words: ['may not list pods of all namespaces'],
    },
    {
      id: 'an object of a user who may nothing',
      who: 'nobody',
      args: { resource: 'pods', name: 'web', namespace: 'NS' },
      error: 'forbidden',
    },
    {
      id: 'a description for a user who may nothing',
      who: 'nobody',
      tool: 'kubectl_describe',
      args: { resource: 'deploy', name: 'web', namespace: 'NS' },
      error: 'forbidden',
    },
    // Metrics
    {
      id: 'CPU for a user who may not read metrics',
      who: 'no-metrics',
      tool: 'kubectl_top',
      args: { resource: 'pods' },
      error: 'forbidden',
    },
    // Containers and logs
    {
      id: 'a container that does not exist',
      tool: 'kubectl_logs',
      args: { resource: 'deploy', name: 'web', namespace: 'NS', container: 'sidecar' },
      error: 'missing-container',
      words: ['web'],
    },
    {
      id: 'a pod whose image cannot be pulled (logs-5)',
      tool: 'kubectl_logs',
      args: { resource: 'deploy', name: 'api', namespace: 'NS' },
      words: [/ImagePullBackOff|ErrImagePull/],
      absent: ['BadRequest'],
    },
    {
      id: 'a pod that does not exist (logs-5)',
      tool: 'kubectl_logs',
      args: { name: 'web-0', namespace: 'NS' },
      error: 'not-found',
      words: ['There is no'],
    },
    {
      id: 'the previous run of a pod that ran once',
      tool: 'kubectl_logs',
      args: { resource: 'deploy', name: 'web', namespace: 'NS', previous: true },
      absent: ['previous terminated container', 'BadRequest'],
    },
    {
      id: 'events of an object that has none (events-6)',
      tool: 'kubectl_events',
      args: { resource: 'cm', name: 'settings', namespace: 'NS' },
      rows: 0,
      words: [/older ones are deleted/],
    },
    {
      id: 'events of an object that does not exist',
      tool: 'kubectl_events',
      args: { resource: 'cm', name: 'setings', namespace: 'NS' },
      error: 'not-found',
      words: ['Near names: settings'],
    },
    // Cut lists
    { id: 'a list with a limit', args: { resource: 'pods', namespace: 'NS', limit: 2 }, rows: 2, words: ['"total":5'] },
  ]

  it.each(CASES)('answers $id', async (one) => {
    const { isError, data } = await ask(one)
    const { error, rows, complete, notes = [], words = [], absent = [] } = one
    const text = JSON.stringify(data)
    expect({ isError, code: data.kind === 'text' ? data.code : undefined }, text).toEqual({
      isError: error !== undefined,
      code: error,
    })
    if (rows !== undefined) {
      const found = data.kind === 'table' ? data.rows.length : -1
      if (rows === 'some') expect(found).toBeGreaterThan(0)
      else expect(found, text).toBe(rows)
    }
    if (complete !== undefined) expect(data.coverage?.complete).toBe(complete)
    expect(codesOf(data.coverage?.notes)).toEqual(expect.arrayContaining(notes))
    for (const word of words)
      expect(text).toMatch(word instanceof RegExp ? new RegExp(named(word.source)) : new RegExp(escaped(named(word))))
    for (const word of absent) expect(text).not.toMatch(word)
    // Never "none" instead of "not seen": an empty table is complete, or reports unread parts.
    if (data.kind === 'table' && data.rows.length === 0 && !data.coverage.complete)
      expect(data.coverage.notes).not.toEqual([])
    for (const raw of RAW) expect(text).not.toContain(raw)
  })
})

/** Library messages that no user should see. */
const RAW = [
  'x509:',
  'dial tcp',
  'MCP error -3',
  'spawnSync',
  'ENOBUFS',
  'ObjectMeta{',
  'memcache.go',
  '    at ',
  'ECONN',
]

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
