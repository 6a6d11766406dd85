/** The ways in which the tools of the MCP servers can be asked for a Secret's values, in reads and in writes that a person approves. */
import type { Server } from './types'

/** Where the Secret is, and where the test may write. */
export interface Place {
  namespace: string
  secret: string
  /** One of its keys. */
  key: string
  /** The test's own namespace. */
  own: string
  chart: string
}

export interface SecretRequest {
  id: string
  tried: string
  server: Server
  call: (place: Place) => [tool: string, args: object]
}

const deployment = ({ own, secret, key }: Place) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: reader, namespace: ${own}}
spec:
  replicas: 1
  selector: {matchLabels: {app: reader}}
  template:
    metadata: {labels: {app: reader}}
    spec:
      containers:
        - name: reader
          image: busybox:1.36
          command: [sh, -c, "env; sleep 3600"]
          envFrom: [{secretRef: {name: ${secret}}}]
          env: [{name: SEEN, valueFrom: {secretKeyRef: {name: ${secret}, key: ${key}}}}]
`

const secretManifest = ({ own }: Place) =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: copy, namespace: ${own}}\nstringData: {a: b}\n`

const rows = (server: Server, list: [id: string, tried: string, call: SecretRequest['call']][]): SecretRequest[] =>
  list.map(([id, tried, call]) => ({ id, tried, server, call }))

const object =
  (kind: string, apiVersion = 'v1') =>
  ({ namespace, secret }: Place): [string, object] => ['resources_get', { apiVersion, kind, namespace, name: secret }]
const generic =
  (args: object) =>
  ({ namespace }: Place): [string, object] => ['kubectl_generic', { command: 'get', namespace, ...args }]
const get =
  (args: (place: Place) => object): SecretRequest['call'] =>
  (place) => ['kubectl_get', { namespace: place.namespace, ...args(place) }]

const ownGet =
  (args: (place: Place) => object): SecretRequest['call'] =>
  (place) => ['kubectl_get', { namespace: place.namespace, ...args(place) }]
const ownDescribe =
  (args: (place: Place) => object): SecretRequest['call'] =>
  (place) => ['kubectl_describe', { namespace: place.namespace, ...args(place) }]

/** The seed's release and the Secret in which Helm keeps it. */
const RELEASE = { namespace: 'releases', name: 'greeter' }

export const SECRET_REQUESTS: SecretRequest[] = [
  ...rows('own', [
    ['Q01', 'the Secret', ownGet(({ secret }) => ({ resource: 'Secret', name: secret }))],
    ['Q02', 'its plural', ownGet(({ secret }) => ({ resource: 'secrets', name: secret }))],
    ['Q03', 'its kind in capitals', ownGet(({ secret }) => ({ resource: 'SECRET', name: secret }))],
    ['Q04', 'its kind in wide letters', ownGet(({ secret }) => ({ resource: 'Ｓｅｃｒｅｔ', name: secret }))],
    ['Q05', 'its kind between blanks', ownGet(({ secret }) => ({ resource: ' Secret ', name: secret }))],
    ['Q06', 'its kind with version and group', ownGet(({ secret }) => ({ resource: 'secrets.v1.', name: secret }))],
    ['Q07', 'its kind as an apiVersion', ownGet(({ secret }) => ({ resource: 'v1/Secret', name: secret }))],
    ['Q08', 'a subresource', ownGet(({ secret }) => ({ resource: 'secrets/status', name: secret }))],
    ['Q09', 'a List', ownGet(() => ({ resource: 'SecretList' }))],
    ['Q10', 'all of them', () => ['kubectl_get', { resource: 'secrets', namespace: 'all' }]],
    [
      'Q11',
      'by a selector',
      ownGet(({ secret }) => ({ resource: 'secrets', fieldSelector: `metadata.name=${secret}` })),
    ],
    ['Q12', 'as kind and name', ownGet(({ secret }) => ({ resource: `secret/${secret}` }))],
    ['Q13', 'as kind and name in the name', ownGet(({ secret }) => ({ resource: 'cm', name: `secret/${secret}` }))],
    ['Q14', 'behind another kind', ownGet(() => ({ resource: 'pods,secrets' }))],
    ['Q15', 'as a path of another kind', ownGet(({ secret }) => ({ resource: 'cm', name: `../secrets/${secret}` }))],
    ['Q16', 'as a path of the kind', ownGet(() => ({ resource: 'configmaps/../secrets' }))],
    ['Q17', 'counted by their data', ownGet(() => ({ resource: 'secrets', countBy: 'data' }))],
    ['Q18', 'sorted by their data', ownGet(() => ({ resource: 'secrets', sortBy: 'data' }))],
    ['Q19', 'its description', ownDescribe(({ secret }) => ({ resource: 'secret', name: secret }))],
    [
      'Q20',
      'its description by its name',
      ownDescribe(({ secret }) => ({ resource: 'pod', name: `secret/${secret}` })),
    ],
    [
      'Q21',
      'its events',
      ({ namespace, secret }) => ['kubectl_events', { namespace, resource: 'secret', name: secret }],
    ],
    [
      'Q22',
      'its rollout',
      ({ namespace, secret }) => ['kubectl_rollout', { namespace, resource: 'secret', name: secret }],
    ],
    ['Q23', 'its log', ({ namespace, secret }) => ['kubectl_logs', { namespace, name: `secret/${secret}` }]],
    ['Q24', 'its use', ({ namespace, secret }) => ['kubectl_top', { namespace, resource: 'secrets', name: secret }]],
    ['Q25', 'a Secret in the explanation', () => ['kubectl_explain', { resource: 'secret', field: 'data' }]],
    ['Q26', 'Helm releases', () => ['helm_list', { namespace: 'all' }]],
    ['Q27', 'the values of a release', () => ['helm_values', RELEASE]],
    ['Q28', 'the values of its first revision', () => ['helm_values', { ...RELEASE, revision: 1 }]],
    ['Q29', 'the history of a release', () => ['helm_history', RELEASE]],
    [
      'Q30',
      'the Secret in which Helm keeps it',
      () => [
        'kubectl_get',
        { resource: 'secret', namespace: RELEASE.namespace, name: 'sh.helm.release.v1.greeter.v1' },
      ],
    ],
    ['Q31', 'a Secret as a release', ({ namespace, secret }) => ['helm_values', { namespace, name: secret }]],
    [
      'Q32',
      'a ConfigMap that holds copies',
      ({ own }) => ['kubectl_get', { resource: 'configmap', namespace: own, name: 'copies' }],
    ],
    [
      'Q33',
      'the description of a ConfigMap that holds copies',
      ({ own }) => ['kubectl_describe', { resource: 'configmap', namespace: own, name: 'copies' }],
    ],
    ['Q34', 'a list of ConfigMaps', ({ own }) => ['kubectl_get', { resource: 'configmaps', namespace: own }]],
    [
      'Q35',
      'a Deployment that holds it in its environment',
      ({ own }) => ['kubectl_get', { resource: 'deployment', namespace: own, name: 'leaky' }],
    ],
    [
      'Q36',
      'the description of a Deployment that holds it',
      ({ own }) => ['kubectl_describe', { resource: 'deployment', namespace: own, name: 'leaky' }],
    ],
    ['Q37', 'the log of a pod that says it', ({ own }) => ['kubectl_logs', { namespace: own, name: 'leaky-log' }]],
    [
      'Q38',
      'the lines of that log with a password',
      ({ own }) => ['kubectl_logs', { namespace: own, name: 'leaky-log', search: 'password=' }],
    ],
    [
      'Q39',
      'the description of the pod that logs it',
      ({ own }) => ['kubectl_describe', { resource: 'pod', namespace: own, name: 'leaky-log' }],
    ],
    ['Q40', 'events that say it', ({ own }) => ['kubectl_events', { namespace: own }]],
    ['Q41', 'events as a list', ({ own }) => ['kubectl_get', { resource: 'events', namespace: own }]],
  ]),
  ...rows('kubernetes-mcp-server', [
    ['Z01', 'the Secret', object('Secret')],
    ['Z02', 'its plural', object('secrets')],
    ['Z03', 'its kind in capitals', object('SECRET')],
    ['Z04', 'its kind in wide letters', object('Ｓｅｃｒｅｔ')],
    ['Z05', 'its kind between blanks', object(' Secret ')],
    ['Z06', 'its kind with version and group', object('Secret.v1.')],
    ['Z07', 'another spelling of the version', object('Secret', '/v1')],
    ['Z08', 'a subresource', object('secrets/status')],
    ['Z09', 'a List', ({ namespace }) => ['resources_list', { apiVersion: 'v1', kind: 'SecretList', namespace }]],
    ['Z10', 'all of them', () => ['resources_list', { apiVersion: 'v1', kind: 'Secret' }]],
    [
      'Z11',
      'by a selector',
      ({ namespace, secret }) => [
        'resources_list',
        { apiVersion: 'v1', kind: 'Secret', namespace, fieldSelector: `metadata.name=${secret}` },
      ],
    ],
    [
      'Z12',
      'as a path of another kind',
      ({ namespace, secret }) => [
        'resources_get',
        { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: `../secrets/${secret}` },
      ],
    ],
    ['Z13', 'the kubeconfig', () => ['configuration_view', {}]],
    ['Z14', 'events of its namespace', ({ namespace }) => ['events_list', { namespace }]],
    ['Z15', 'Helm releases', () => ['helm_list', { all_namespaces: true }]],
    [
      'Z16',
      'a Deployment that shows it, approved',
      (place) => ['resources_create_or_update', { resource: deployment(place) }],
    ],
    [
      'Z17',
      'that Deployment again',
      ({ own }) => ['resources_get', { apiVersion: 'apps/v1', kind: 'Deployment', namespace: own, name: 'reader' }],
    ],
    ['Z18', 'its pods', ({ own }) => ['pods_list_in_namespace', { namespace: own }]],
    [
      'Z19',
      'a Secret of the same kind, approved',
      (place) => ['resources_create_or_update', { resource: secretManifest(place) }],
    ],
    [
      'Z20',
      'a Secret taken over by server-side apply',
      ({ namespace, secret }) => [
        'resources_create_or_update',
        {
          resource: `apiVersion: v1\nkind: Secret\nmetadata: {name: ${secret}, namespace: ${namespace}, labels: {a: b}}`,
        },
      ],
    ],
    [
      'Z21',
      'the Secret deleted, for its diff',
      ({ namespace, secret }) => ['resources_delete', { apiVersion: 'v1', kind: 'Secret', namespace, name: secret }],
    ],
    [
      'Z22',
      'a release installed, approved',
      ({ own, chart }) => ['helm_install', { name: 'canary', namespace: own, chart }],
    ],
    [
      'Z23',
      'the Secret in which Helm keeps it',
      ({ own }) => [
        'resources_get',
        { apiVersion: 'v1', kind: 'Secret', namespace: own, name: 'sh.helm.release.v1.canary.v1' },
      ],
    ],
    ['Z24', 'the release uninstalled, approved', ({ own }) => ['helm_uninstall', { name: 'canary', namespace: own }]],
    [
      'Z25',
      'a ConfigMap that holds copies',
      ({ own }) => ['resources_get', { apiVersion: 'v1', kind: 'ConfigMap', namespace: own, name: 'copies' }],
    ],
    [
      'Z26',
      'a list of ConfigMaps',
      ({ own }) => ['resources_list', { apiVersion: 'v1', kind: 'ConfigMap', namespace: own }],
    ],
    [
      'Z27',
      'a Deployment that holds it in its environment',
      ({ own }) => ['resources_get', { apiVersion: 'apps/v1', kind: 'Deployment', namespace: own, name: 'leaky' }],
    ],
    ['Z28', 'the log of a pod that says it', ({ own }) => ['pods_log', { namespace: own, name: 'leaky-log' }]],
    ['Z29', 'the pod that says it', ({ own }) => ['pods_get', { namespace: own, name: 'leaky-log' }]],
    ['Z30', 'events that say it', ({ own }) => ['events_list', { namespace: own }]],
    [
      'Z31',
      'the ConfigMap changed, for its diff, approved',
      ({ own }) => [
        'resources_create_or_update',
        {
          resource: `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: copies, namespace: ${own}}\ndata: {LOG_LEVEL: debug}`,
        },
      ],
    ],
    [
      'Z32',
      'the ConfigMap deleted, for its diff',
      ({ own }) => ['resources_delete', { apiVersion: 'v1', kind: 'ConfigMap', namespace: own, name: 'copies' }],
    ],
  ]),
  ...rows('mcp-server-kubernetes', [
    ['Y01', 'the Secret as YAML', get(({ secret }) => ({ resourceType: 'secret', name: secret, output: 'yaml' }))],
    [
      'Y02',
      'all of them as JSON',
      () => ['kubectl_get', { resourceType: 'Secrets', allNamespaces: true, output: 'json' }],
    ],
    ['Y03', 'with version and group', get(({ secret }) => ({ resourceType: 'secrets.v1.', name: secret }))],
    ['Y04', 'as kind and name', get(({ secret }) => ({ resourceType: `secret/${secret}` }))],
    ['Y05', 'behind another kind', get(() => ({ resourceType: 'pods,secrets', output: 'yaml' }))],
    [
      'Y06',
      'as the name of another kind',
      get(({ secret }) => ({ resourceType: 'configmaps', name: `secret/${secret}` })),
    ],
    ['Y07', 'all there is', get(() => ({ resourceType: 'all,secret', output: 'yaml' }))],
    ['Y08', 'a raw path', get(() => ({ resourceType: '--raw=/api/v1/secrets' }))],
    ['Y09', 'a template', get(({ secret }) => ({ resourceType: 'secret', name: secret, output: 'jsonpath={.data}' }))],
    ['Y10', 'custom columns', get(() => ({ resourceType: 'secrets', output: 'custom-columns=A:.data' }))],
    [
      'Y11',
      'its description',
      ({ namespace, secret }) => ['kubectl_describe', { resourceType: 'secret', name: secret, namespace }],
    ],
    ['Y12', 'by a generic get', generic({ resourceType: 'secret', outputFormat: 'yaml' })],
    ['Y13', 'by a generic get of words', generic({ args: ['secrets', '-o', 'yaml'] })],
    ['Y14', 'by a template of a generic get', generic({ resourceType: 'secret', outputFormat: 'jsonpath={}' })],
    ['Y15', 'by a raw generic get', generic({ flags: { raw: '/api/v1/secrets' } })],
    [
      'Y16',
      'by set env',
      ({ own }) => [
        'kubectl_generic',
        { command: 'set', subCommand: 'env', namespace: own, args: ['deployment/leaky', '--list', '--resolve'] },
      ],
    ],
    [
      'Y17',
      'by cluster-info dump',
      () => ['kubectl_generic', { command: 'cluster-info', subCommand: 'dump', args: ['--all-namespaces'] }],
    ],
    [
      'Y18',
      'the kubeconfig',
      () => ['kubectl_generic', { command: 'config', subCommand: 'view', flags: { raw: true } }],
    ],
    ['Y19', 'the contexts', () => ['kubectl_context', { operation: 'list', showCurrent: true }]],
    [
      'Y20',
      'a token',
      ({ own }) => ['kubectl_generic', { command: 'create', subCommand: 'token', name: 'default', namespace: own }],
    ],
    [
      'Y21',
      'a Secret created',
      ({ own }) => [
        'kubectl_create',
        { resourceType: 'secret', secretType: 'generic', name: 'copy', namespace: own, fromLiteral: ['a=b'] },
      ],
    ],
    [
      'Y22',
      'a Secret applied',
      (place) => ['kubectl_apply', { manifest: secretManifest(place), namespace: place.own }],
    ],
    [
      'Y23',
      'the Secret patched, for its diff',
      ({ namespace, secret }) => [
        'kubectl_patch',
        { resourceType: 'secret', name: secret, namespace, patchData: { metadata: { labels: { a: 'b' } } } },
      ],
    ],
    [
      'Y24',
      'the Secret deleted, for its diff',
      ({ namespace, secret }) => ['kubectl_delete', { resourceType: 'secret', name: secret, namespace }],
    ],
    [
      'Y25',
      'a Deployment that shows it, approved',
      (place) => ['kubectl_apply', { manifest: deployment(place), namespace: place.own }],
    ],
    [
      'Y26',
      'that Deployment, described',
      ({ own }) => ['kubectl_describe', { resourceType: 'deployment', name: 'reader', namespace: own }],
    ],
    [
      'Y27',
      'a ConfigMap that holds copies',
      ({ own }) => ['kubectl_get', { resourceType: 'configmap', name: 'copies', namespace: own, output: 'yaml' }],
    ],
    [
      'Y28',
      'that ConfigMap, described',
      ({ own }) => ['kubectl_describe', { resourceType: 'configmap', name: 'copies', namespace: own }],
    ],
    [
      'Y29',
      'a Deployment that holds it in its environment',
      ({ own }) => ['kubectl_describe', { resourceType: 'deployment', name: 'leaky', namespace: own }],
    ],
    [
      'Y30',
      'the same by a generic get',
      ({ own }) => [
        'kubectl_generic',
        { command: 'get', resourceType: 'deployment', name: 'leaky', namespace: own, outputFormat: 'json' },
      ],
    ],
    [
      'Y31',
      'the log of a pod that says it',
      ({ own }) => ['kubectl_logs', { resourceType: 'pod', name: 'leaky-log', namespace: own }],
    ],
    ['Y32', 'events that say it', ({ own }) => ['kubectl_get', { resourceType: 'events', namespace: own }]],
    [
      'Y33',
      'the Deployment patched, for its diff, approved',
      ({ own }) => [
        'kubectl_patch',
        {
          resourceType: 'deployment',
          name: 'leaky',
          namespace: own,
          patchData: { metadata: { labels: { seen: 'yes' } } },
        },
      ],
    ],
    [
      'Y34',
      'the ConfigMap deleted, for its diff',
      ({ own }) => ['kubectl_delete', { resourceType: 'configmap', name: 'copies', namespace: own }],
    ],
    [
      'Y35',
      'a release installed, approved',
      ({ own, chart }) => ['install_helm_chart', { name: 'canary', namespace: own, chart }],
    ],
    [
      'Y36',
      'the release uninstalled, approved',
      ({ own }) => ['uninstall_helm_chart', { name: 'canary', namespace: own }],
    ],
    ['Y37', 'a Secret in the explanation', () => ['explain_resource', { resource: 'secret.data' }]],
  ]),
]

/**
 * Objects of the test's own namespace in which somebody has left the values where they do not belong: under keys that say
 * what they are, in URLs, in base64.
 */
export function leaks(own: string, [first, second]: readonly [string, string]): object[] {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const metadata = (name: string, annotations: object = {}) => ({ name, namespace: own, annotations })
  const log = [
    `INFO connecting with password=${second}`,
    `DEBUG curl -H "Authorization: Bearer ${first}" https://api.shop`,
    `DEBUG postgres://ledger:${second}@ledger.payments:5432/ledger`,
    `DEBUG {"apiKey":"${first}","user":"web"}`,
    `DEBUG env dump ${base64(`DB_PASSWORD=${second}\nAPI_KEY=${first}\n`)}`,
  ].join('\n')
  const container = { name: 'leaky', image: 'busybox:1.36', command: ['sleep', '3600'] }
  const env = [
    { name: 'DB_PASSWORD', value: second },
    { name: 'API_TOKEN', value: first },
    { name: 'DATABASE_URL', value: `postgres://ledger:${second}@ledger.payments:5432/ledger` },
  ]
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata('copies'),
      data: {
        password: second,
        'api-key': first,
        'app.properties': `db.user=ledger\ndb.password=${second}\napi.token=${first}\n`,
        'secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata:\n  a: ${base64(first)}\n  b: ${base64(second)}\n`,
        'secret.json': JSON.stringify({ kind: 'Secret', stringData: { a: first, b: second } }),
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata('leaky', { 'example.com/url': `https://web:${second}@git.shop/x` }),
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'leaky' } },
        template: { metadata: { labels: { app: 'leaky' } }, spec: { containers: [{ ...container, env }] } },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: metadata('leaky-log', { 'sim/logs': log }),
      spec: { containers: [{ ...container, command: ['sh', '-c', `cat <<'END'\n${log}\nEND\nsleep 3600`] }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: metadata('leaky'),
      involvedObject: { kind: 'Pod', name: 'leaky-log', namespace: own },
      type: 'Warning',
      reason: 'Failed',
      message: `login failed: password=${second} token=${first}`,
      lastTimestamp: '2026-11-24T08:00:00Z',
    },
  ]
}
