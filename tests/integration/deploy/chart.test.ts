import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { hasHelm } from '../../support/app'
import { CHART, helm, render, valuesFile } from '../../support/helm-chart'
import type { ChartObject } from '../../support/helm-chart'

const ruleSchema = z.object({
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  verbs: z.array(z.string()),
})
const roleSchema = z.object({ rules: z.array(ruleSchema) })
const podsSchema = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({
        automountServiceAccountToken: z.boolean(),
        securityContext: z.looseObject({ runAsNonRoot: z.literal(true), runAsUser: z.number().min(1) }),
        containers: z.tuple([
          z.object({
            env: z.array(z.object({ name: z.string(), value: z.string().optional() })),
            securityContext: z.object({
              readOnlyRootFilesystem: z.literal(true),
              allowPrivilegeEscalation: z.literal(false),
              capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
            }),
            readinessProbe: z.object({ httpGet: z.looseObject({ scheme: z.string().optional() }) }),
          }),
        ]),
      }),
    }),
  }),
})

function find(objects: ChartObject[], kind: string, part = ''): ChartObject {
  const found = objects.find((each) => each.kind === kind && each.metadata.name.includes(part))
  if (!found) throw new Error(`no ${kind} ${part}`)
  return found
}

function podOf(objects: ChartObject[], part = '') {
  return podsSchema.parse(find(objects, 'Deployment', part)).spec.template.spec
}

function envOf(objects: ChartObject[]): Record<string, string | undefined> {
  return Object.fromEntries(podOf(objects).containers[0].env.map(({ name, value }) => [name, value]))
}

const reads = (role: ChartObject, group: string, resource: string) =>
  roleSchema
    .parse(role)
    .rules.filter(({ apiGroups }) => apiGroups.includes(group) || apiGroups.includes('*'))
    .some(({ resources }) => resources.includes(resource) || resources.includes('*'))

describe.skipIf(!hasHelm())('the chart', () => {
  it('passes helm lint, with every optional part too', async () => {
    for (const values of [[], ['-f', valuesFile('all')], ['-f', valuesFile('mcp')]])
      expect(await helm('lint', '--strict', CHART, ...values)).toContain('0 chart(s) failed')
  })

  it('reads the cluster without Secrets, and changes nothing by default', async () => {
    const objects = await render()
    const roles = objects.filter(({ kind }) => kind === 'ClusterRole')
    expect(roles).toHaveLength(1)
    const [role] = roles
    if (!role) throw new Error('no role')
    expect(reads(role, '', 'secrets')).toBe(false)
    expect(reads(role, '', 'pods')).toBe(true)
    const verbs = roleSchema.parse(role).rules.flatMap((rule) => rule.verbs)
    expect([...new Set(verbs)].sort()).toEqual(['get', 'list', 'watch'])
    expect(envOf(objects)).toMatchObject({ TLS: 'auto', HOST: '0.0.0.0' })
    expect(envOf(objects)).not.toHaveProperty('ACCESS_MODE')
    expect(podOf(objects).containers[0].readinessProbe.httpGet.scheme).toBe('HTTPS')
  })

  it('adds the write role only with changes, in the named namespaces alone', async () => {
    const objects = await render('--set', 'changes.enabled=true,changes.namespaces={shop,payments}')
    const write = find(objects, 'ClusterRole', 'write')
    expect(reads(write, '', 'secrets')).toBe(false)
    expect(reads(write, 'rbac.authorization.k8s.io', 'roles')).toBe(false)
    const bindings = objects.filter(({ kind, metadata }) => /Binding/.test(kind) && /write/.test(metadata.name))
    expect(bindings.map(({ kind, metadata }) => [kind, metadata.namespace])).toEqual([
      ['RoleBinding', 'shop'],
      ['RoleBinding', 'payments'],
    ])
    expect(envOf(objects)).toMatchObject({ ACCESS_MODE: 'approve' })
  })

  it('gives the rights to the MCP server alone if that runs on its own', async () => {
    const objects = await render('-f', valuesFile('mcp'))
    expect(podOf(objects, 'assistant').automountServiceAccountToken).toBe(false)
    const mcp = objects.filter(({ kind, metadata }) => kind === 'Deployment' && metadata.name.endsWith('-mcp'))
    expect(mcp).toHaveLength(1)
    expect(find(objects, 'ClusterRoleBinding')).toMatchObject({ subjects: [{ name: 'test-k8s-ai-assistant-mcp' }] })
    expect(envOf(objects)).toMatchObject({ MCP_SERVER_URL: 'http://test-k8s-ai-assistant-mcp:3000/mcp' })
  })

  it('has no rights of its own if users act with theirs', async () => {
    const objects = await render(
      '--set',
      'settings.AUTH_MODE=rancher,settings.RANCHER_URL=https://rancher.example.com,changes.enabled=true',
    )
    expect(podOf(objects).automountServiceAccountToken).toBe(false)
    expect(objects.filter(({ kind }) => /Role/.test(kind))).toEqual([])
  })

  it('joins lists as the server reads them, and leaves HTTPS to an Ingress', async () => {
    const settings = 'settings.AUTH_WRITERS={ada,bob},settings.MAX_ROUNDS=12,settings.DEMO=true'
    const objects = await render('--set', settings, '--set', 'ingress.enabled=true,ingress.hosts={ai.example.com}')
    expect(envOf(objects)).toMatchObject({
      AUTH_WRITERS: 'ada,bob',
      MAX_ROUNDS: '12',
      DEMO: '1',
      TLS: 'off',
      ALLOWED_HOSTS: 'ai.example.com',
    })
    expect(podOf(objects).containers[0].readinessProbe.httpGet.scheme).toBe('HTTP')
  })

  it('leaves decimals as they are, and refuses an empty list, which would count as unset', async () => {
    const settings = (value: object) => ['--set-json', `settings=${JSON.stringify(value)}`]
    const numbers = { MODEL_TEMPERATURE: 0.6, MAX_ROUNDS: 12, OLLAMA_CONTEXT_LENGTH: 1_048_576 }
    expect(envOf(await render(...settings(numbers)))).toMatchObject({
      MODEL_TEMPERATURE: '0.6',
      MAX_ROUNDS: '12',
      OLLAMA_CONTEXT_LENGTH: '1048576',
    })
    await expect(render(...settings({ AUTH_WRITERS: [] }))).rejects.toThrow(/AUTH_WRITERS/)
  })

  it('has a name of its own for each role, in a namespace with a long name, too', async () => {
    const namespace = 'n'.repeat(63)
    const objects = await render('--namespace', namespace, '--set', 'changes.enabled=true,settings.AUTH_MODE=token')
    const roles = objects.filter(({ kind }) => kind === 'ClusterRole').map(({ metadata }) => metadata.name)
    expect(new Set(roles).size).toBe(2)
    expect(roles.every((name) => name.startsWith(namespace))).toBe(true)
  })

  it('mounts the runbooks of a ConfigMap', async () => {
    const objects = await render('--set', 'runbooksConfigMap=runbooks')
    expect(envOf(objects)).toMatchObject({ RUNBOOKS_FILE: '/runbooks/runbooks.yaml' })
    const pod = JSON.stringify(find(objects, 'Deployment').spec)
    expect(pod).toContain('{"name":"runbooks","mountPath":"/runbooks","readOnly":true}')
    expect(pod).toContain('{"name":"runbooks","configMap":{"name":"runbooks"}}')
  })

  it('tells the Rancher extension where the assistant is', async () => {
    const args = ['--set', 'rancher.enabled=true,rancher.host=rancher.example.com']
    const { spec } = find(await render(...args), 'UIPlugin')
    expect(spec).toMatchObject({
      plugin: {
        endpoint: 'http://test-k8s-ai-assistant.tools.svc:8006',
        metadata: {
          'k8s-ai-assistant/namespace': 'tools',
          'k8s-ai-assistant/service': 'test-k8s-ai-assistant',
          'k8s-ai-assistant/port': '8005',
          'k8s-ai-assistant/scheme': 'https',
        },
      },
    })
    expect(envOf(await render(...args))).toMatchObject({
      ALLOWED_HOSTS: 'rancher.example.com',
      FRAME_ANCESTORS: "'self'",
      EXTENSION_PORT: '8006',
    })
  })

  it.each([
    ['an unknown setting', ['--set', 'settings.MAX_ROUND=3'], /MAX_ROUND/],
    ['a wrong setting', ['--set', 'settings.MAX_ROUNDS=0'], /MAX_ROUNDS/],
    ['a secret among the settings', ['--set', 'settings.AUTH_TOKEN=0123456789abcdef'], /AUTH_TOKEN/],
    ['an unknown value', ['--set', 'replica=2'], /replica/],
    ['replicas without Redis', ['--set', 'replicas=2'], /needs redis.enabled/],
    ['Rancher without its host', ['--set', 'rancher.enabled=true'], /rancher.host/],
    ['an Ingress without a host', ['--set', 'ingress.enabled=true'], /hosts/],
    [
      'changes by an MCP server that only reads',
      ['--set', 'changes.enabled=true,mcp.enabled=true,mcp.existingSecret=x'],
      /only reads/,
    ],
  ])('refuses %s', async (_, args, words) => {
    await expect(render(...args)).rejects.toThrow(words)
  })
})
