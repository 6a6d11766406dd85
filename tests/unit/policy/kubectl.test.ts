import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../../server/agent/policy'

type Args = Record<string, unknown>

const policy = createPolicy({ mode: 'approve' })
const decide = (args: Args) => policy.decide('kubectl_generic', args)

const reads: Args[] = [
  { command: 'get', resourceType: 'pods', namespace: 'shop', outputFormat: 'wide' },
  { command: 'get', resourceType: 'deployment', name: 'web', flags: { output: 'yaml' } },
  { command: 'get', args: ['pods,services', '-A', '-l', 'app in (web, cart)', '--sort-by=.metadata.name'] },
  { command: 'get', args: ['deployment/web', '-nshop', '-oyaml'] },
  { command: 'describe', resourceType: 'node', name: 'node-1' },
  { command: 'logs', name: 'deployment/web', namespace: 'shop', flags: { tail: 50, previous: true } },
  { command: 'logs', args: ['web-1', '-n', 'shop', '-c', 'web', '--since=1h', '-p'] },
  { command: 'top', subCommand: 'pods', allNamespaces: true },
  { command: 'top', resourceType: 'nodes' },
  { command: 'explain', resourceType: 'secrets.data', flags: { recursive: true } },
  { command: 'api-resources', flags: { namespaced: true } },
  { command: 'api-versions' },
  { command: 'version', flags: { output: 'json' } },
  { command: 'cluster-info' },
  { command: 'auth', subCommand: 'can-i', args: ['delete', 'secrets', '-n', 'shop'] },
  { command: 'auth', args: ['can-i', '*', '*'] },
  { command: 'rollout', subCommand: 'status', resourceType: 'deployment/web', flags: { watch: 'false' } },
  { command: 'rollout', args: ['history', 'deployment/web', '--revision=2'], namespace: 'shop' },
  { command: 'events', namespace: 'shop', flags: { for: 'pod/web-1', types: 'Warning' } },
]

const writes: Args[] = [
  { command: 'scale', resourceType: 'deployment', name: 'web', namespace: 'shop', flags: { replicas: 3 } },
  { command: 'scale', resourceType: 'deployment', name: 'web', flags: { replicas: 3, 'dry-run': 'none' } },
  { command: 'delete', resourceType: 'pod', name: 'web-1', namespace: 'shop' },
  { command: 'label', args: ['pod', 'web-1', 'app=web', 'tier-', '--overwrite'] },
  { command: 'rollout', subCommand: 'restart', resourceType: 'deployment', name: 'web' },
  { command: 'set', subCommand: 'image', args: ['deployment/web', 'web=registry.example.com/web:1.2@sha256:0a1b'] },
  {
    command: 'patch',
    resourceType: 'deployment',
    name: 'web',
    flags: { patch: '{"spec":{"replicas":2}}', type: 'merge' },
  },
  { command: 'cordon', name: 'node-1' },
  { command: 'run', name: 'web', flags: { image: 'nginx:1.27' } },
  { command: 'create', subCommand: 'namespace', name: 'team-a' },
]

/** What must neither run nor be put before a person, by what it tries. */
const refused: Record<string, Args[]> = {
  'another cluster, context, user or credential': [
    { command: 'get', resourceType: 'pods', context: 'admin' },
    { command: 'get', resourceType: 'pods', flags: { context: 'admin' } },
    { command: 'get', args: ['pods', '--context=admin'] },
    { command: 'get', args: ['pods', '--context', 'admin'] },
    { command: 'get', args: ['pods', '--kubeconfig=/etc/kubernetes/admin.conf'] },
    { command: 'get', args: ['pods', '--cluster=prod'] },
    { command: 'get', args: ['pods', '--server', 'https://elsewhere'] },
    { command: 'get', args: ['pods', '-s', 'https://elsewhere'] },
    { command: 'get', args: ['pods', '-shttps://elsewhere'] },
    { command: 'get', args: ['pods', '-Ashttps://elsewhere'] },
    { command: 'get', args: ['pods', '--user=admin'] },
    { command: 'get', args: ['pods', '--token=abc'] },
    { command: 'get', args: ['pods', '--as=system:admin'] },
    { command: 'get', args: ['pods', '--as-group=system:masters'] },
    { command: 'get', args: ['pods', '--as_group=system:masters'] },
    { command: 'get', args: ['pods', '--insecure-skip-tls-verify'] },
    { command: 'delete', args: ['pod', 'web', '--as=system:admin'] },
    { command: 'scale', resourceType: 'deployment', name: 'web', flags: { replicas: 1, token: 'x' } },
  ],
  'flags where no flag belongs': [
    { command: 'get --context=admin', resourceType: 'pods' },
    { command: '--context=admin', args: ['get', 'pods'] },
    { command: 'get', resourceType: '--context=admin', name: 'pods' },
    { command: 'get', resourceType: 'pods', name: '--token=abc' },
    { command: 'get', resourceType: 'pods', name: 'web --token=abc' },
    { command: 'get', resourceType: 'pods', namespace: 'shop --context=admin' },
    { command: 'get', resourceType: 'pods', outputFormat: 'wide --token=x' },
    { command: 'get', resourceType: 'pods', flags: { 'output=wide --context': 'admin' } },
    { command: 'get', resourceType: 'pods', flags: { '-context': 'admin' } },
    { command: 'get', resourceType: 'pods', flags: { 'l x': 'y' } },
    { command: 'get', resourceType: 'pods', flags: { selector: ['--token'] } },
    { command: 'get', resourceType: 'pods', flags: { selector: '--token=x' } },
    { command: 'get', args: ['pods', '-l', '--token=x'] },
    { command: 'get', args: ['pods', '-n'] },
    { command: 'get', args: ['pods', '--', '--token=x'] },
    { command: 'get', args: ['pods', '-'] },
    { command: 'get', args: ['pods', '-undefined'] },
    { command: 'get', args: 'pods --token=x' },
    { command: ['get'], resourceType: 'pods' },
  ],
  'the same flag twice': [
    { command: 'scale', args: ['deployment/web', '--replicas=1', '--dry-run=server', '--dry-run=none'] },
    { command: 'get', resourceType: 'pods', namespace: 'shop', args: ['-n', 'kube-system'] },
    { command: 'get', resourceType: 'pods', namespace: 'shop', flags: { namespace: 'payments' } },
    { command: 'get', resourceType: 'pods', outputFormat: 'wide', args: ['-o', 'yaml'] },
    { command: 'get', resourceType: 'pods', allNamespaces: true, args: ['-A=false'] },
  ],
  'what kubectl would read in another way': [
    // The word after is no value of these.
    { command: 'scale', args: ['deployment/web', '--replicas=1', '--dry-run', 'server'] },
    { command: 'rollout', args: ['status', 'deployment/web', '--watch', 'false'] },
    { command: 'scale', args: ['deployment/web', '--replicas=1', '--dry-run'] },
    { command: 'scale', args: ['deployment/web', '--replicas=1'], flags: { 'dry-run': true } },
    { command: 'scale', args: ['deployment/web', '--replicas=1', '--dry-run=true'] },
    { command: 'scale', args: ['deployment/web', '--replicas=1', '--dry_run=server'] },
    { command: 'scale', args: ['deployment/web', '--replicas=1', '--Dry-Run=server'] },
    // kubectl skips the word after a flag that `rollout` does not know: this restarts.
    { command: 'rollout', args: ['--x', 'status', 'restart', 'deployment/web'] },
    { command: 'rollout', allNamespaces: true, args: ['status', 'restart', 'deployment/web'] },
    { command: 'rollout', flags: { recursive: true }, args: ['status', 'restart', 'deployment/web'] },
  ],
  'a shell': [
    { command: 'get; kubectl delete pod web' },
    { command: 'get', resourceType: 'pods; rm -rf /' },
    { command: 'get', args: ['pods', '>', '/tmp/x'] },
    { command: 'get', args: ['pods', '|', 'sh'] },
    { command: 'get', args: ['pods', 'web*'] },
    { command: 'get', args: ['pods', '&&', 'id'] },
    { command: 'get', args: ['$(id)'] },
    { command: 'get', args: ['`id`'] },
    { command: 'get', args: ['pods\n--token=x'] },
    { command: 'delete', args: ['pod', 'web;id'] },
  ],
  'verbs dressed up as reads': [
    { command: 'GET', resourceType: 'pods' },
    { command: ' delete', resourceType: 'pods' },
    { command: 'kubectl', args: ['get', 'pods'] },
    { command: 'exec', args: ['web', 'id'] },
    { command: 'attach', args: ['web'] },
    { command: 'cp', args: ['web:/etc/passwd', '/tmp/x'] },
    { command: 'debug', args: ['node/node-1', '--image=busybox'] },
    { command: 'port-forward', args: ['web', '8080:80'] },
    { command: 'proxy' },
    { command: 'config', subCommand: 'view', flags: { raw: true } },
    { command: 'config', args: ['use-context', 'admin'] },
    { command: 'edit', args: ['deployment/web'] },
    { command: 'certificate', args: ['approve', 'x'] },
    { command: 'auth', args: ['reconcile', '--filename=x'] },
    { command: 'auth' },
    { command: 'plugin', subCommand: 'list' },
    { command: 'cluster-info', subCommand: 'dump' },
    { command: 'cluster-info', args: ['dump'] },
    { command: 'create', args: ['token', 'default'] },
    { command: 'create', args: ['secret', 'generic', 'x'] },
    { command: 'set', args: ['env', 'deployment/web', '--list'] },
    { command: 'kustomize', args: ['https://elsewhere'] },
    { command: 'my-plugin' },
    { command: 'run', args: ['x', '--image=busybox', '-it'] },
    { command: 'run', args: ['x', '--image=busybox', '-i'] },
    { command: 'run', args: ['x', '--image=busybox', '--attach'] },
    { command: 'run', args: ['x', '--image=busybox', '--', 'sh'] },
    { command: 'run', args: ['x', '--image=busybox', '--overrides={}'] },
  ],
  Secrets: [
    { command: 'get', resourceType: 'secrets' },
    { command: 'get', resourceType: 'secret', name: 'gateway' },
    { command: 'get', resourceType: 'Secrets.v1.' },
    { command: 'get', resourceType: 'pods,secrets' },
    { command: 'get', args: ['secret/gateway', '-o', 'yaml'] },
    { command: 'get', args: ['pods/web', 'secrets/gateway'] },
    { command: 'describe', resourceType: 'SECRET' },
    { command: 'delete', resourceType: 'secret', name: 'gateway' },
    { command: 'delete', args: ['csr', 'x'] },
    { command: 'patch', args: ['secret', 'gateway', '-p', '{}'] },
    { command: 'get', args: ['serviceaccount/default', '--subresource=token'] },
  ],
  'files, addresses, templates and what does not end': [
    { command: 'get', args: ['--raw', '/api/v1/secrets'] },
    { command: 'get', args: ['--raw=/api/v1/secrets'] },
    { command: 'get', args: ['-f', 'http://elsewhere/x.yaml'] },
    { command: 'get', flags: { filename: '/etc/passwd' } },
    { command: 'get', args: ['-k', 'https://elsewhere'] },
    { command: 'apply', flags: { filename: 'https://elsewhere/x.yaml' } },
    { command: 'delete', flags: { filename: '/etc/kubernetes/x.yaml' } },
    { command: 'patch', args: ['deployment/web', '--patch-file=/etc/passwd'] },
    { command: 'create', args: ['configmap', 'x', '--from-file=/etc/passwd'] },
    { command: 'get', args: ['pods', '-o', 'go-template={{.}}'] },
    { command: 'get', args: ['pods', '-ogo-template-file=/etc/passwd'] },
    { command: 'get', args: ['pods', '-o=jsonpath-file=/etc/passwd'] },
    { command: 'get', args: ['pods', '-o', 'jsonpath={..env[*].value}'] },
    { command: 'get', args: ['pods', '--output=custom-columns=X:.spec'] },
    { command: 'get', args: ['pods', '--template={{.}}'] },
    { command: 'get', args: ['pods', '-w'] },
    { command: 'get', args: ['pods', '--watch'] },
    { command: 'get', args: ['pods', '--watch-only'] },
    { command: 'logs', args: ['web', '-f'] },
    { command: 'logs', args: ['web', '--follow'] },
    { command: 'rollout', args: ['status', 'deployment/web'] },
    { command: 'get', args: ['pods', '-v', '9'] },
    { command: 'get', args: ['pods', '--v=9'] },
    { command: 'get', args: ['pods', '--cache-dir=/etc'] },
    { command: 'get', args: ['pods', '--profile=cpu', '--profile-output=/etc/x'] },
  ],
}

describe('generic kubectl', () => {
  it.each(reads)('reads %j', (args) => {
    expect(decide(args)).toEqual({ kind: 'read' })
  })

  it.each(writes)('asks a person for %j', (args) => {
    expect(decide(args).kind).toBe('write')
  })

  it.each(Object.entries(refused).flatMap(([what, calls]) => calls.map((args) => ({ what, args }))))(
    'refuses $what: $args',
    ({ args }) => {
      expect(decide(args).kind).toBe('denied')
    },
  )

  it.each(['client', 'server'])('takes --dry-run=%s for a read, in read-only mode too', (value) => {
    const scale = {
      command: 'scale',
      resourceType: 'deployment',
      name: 'web',
      flags: { replicas: 3, 'dry-run': value },
    }
    expect(decide(scale)).toEqual({ kind: 'read' })
    expect(createPolicy({ mode: 'read-only' }).decide('kubectl_generic', scale)).toEqual({ kind: 'read' })
    expect(
      decide({ command: 'patch', args: ['deployment/web', '-p', '{}', `--dry-run=${value}`, '-o', 'yaml'] }),
    ).toEqual({
      kind: 'read',
    })
    expect(decide({ command: 'delete', args: ['ns', 'shop', `--dry-run=${value}`] })).toEqual({ kind: 'read' })
    expect(decide({ command: 'get', args: ['pods', `--dry-run=${value}`] }).kind).toBe('denied')
  })

  it('says what is wrong', () => {
    expect(decide({ command: 'get', args: ['pods', '--raw=/x'] })).toMatchObject({
      reason: expect.stringContaining('--raw'),
    })
    expect(decide({ command: 'exec', args: ['web'] })).toMatchObject({
      reason: expect.stringContaining('inside containers'),
    })
    expect(decide({ command: 'frobnicate' })).toMatchObject({ reason: expect.stringContaining('frobnicate') })
  })
})
