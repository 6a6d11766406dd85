import { describe, expect, it } from 'vitest'
import { present, presentText } from './load-fixture'

describe('errors that a server says', () => {
  it.each([
    [
      'kubernetes-mcp-server/resources_list_unknown',
      'failed to list resources: no matches for kind "Nope" in version "v1"',
    ],
    ['kubernetes-mcp-server/pods_get_missing', 'failed to get pod nope in namespace shop: pods "nope" not found'],
    ['kubernetes-mcp-server/pods_log_missing', 'failed to get pod nope log in namespace shop: pods "nope" not found'],
    ['kubernetes-mcp-server/pods_top', 'failed to get pods top: metrics API is not available'],
    ['kubernetes-mcp-server/nodes_top', 'failed to get nodes top: metrics API is not available'],
    [
      'kubernetes-mcp-server/nodes_log',
      'failed to get node log for worker-1: failed to get node logs: the server could not find the requested resource',
    ],
    ['kubernetes-mcp-server/unknown_tool', 'unknown tool "nope"'],
    ['mcp-server-kubernetes/missing', 'Resource pods/nope not found'],
    ['mcp-server-kubernetes/describe_missing', 'Resource pod/nope not found'],
    ['mcp-server-kubernetes/logs_missing', 'Resource pod nope not found'],
    ['mcp-server-kubernetes/unknown_tool', 'Unknown tool: nope'],
    [
      'mcp-server-kubernetes/noarg',
      "Failed to execute kubectl get command: Cannot read properties of undefined (reading 'toLowerCase')",
    ],
    [
      'mcp-server-kubernetes/unknownkind',
      'Failed to execute kubectl get command: Failed to get resource: error: the server doesn\'t have a resource type "nopes"',
    ],
  ])('%s', (name, words) => {
    expect(present(name)).toMatchObject({ status: 'error', forModel: words, forPerson: { kind: 'text', text: words } })
  })
})

describe('errors that are known', () => {
  it('says how to ask for less after a result that was too large (errors-14)', () => {
    const words = presentText('kubectl_get', 'MCP error -32603: spawnSync kubectl ENOBUFS', { isError: true }).forModel
    expect(words).toMatch(/larger than the MCP server can return.*Narrow it by namespace/)
    expect(words).not.toContain('ENOBUFS')
  })

  it("shows a table behind lines of kubectl's log, and one note (errors-15)", () => {
    const line =
      "E1129 09:02:01.000001       1 memcache.go:265] couldn't get resource list for metrics.k8s.io/v1beta1: the server is currently unable to handle the request"
    const text = [
      line,
      line,
      'NAME    READY   STATUS    RESTARTS   AGE',
      'web-0   1/1     Running   0          3d',
    ].join('\n')
    const { forPerson, forModel } = presentText('kubectl_get', text)
    expect(forPerson).toMatchObject({ kind: 'table', rows: [['web-0', '1/1', 'Running', '0', '3d']] })
    expect('coverage' in forPerson && forPerson.coverage?.notes.map((note) => note.text)).toEqual([
      'The API metrics.k8s.io/v1beta1 does not answer now: its kinds are missing here.',
    ])
    expect(forModel).not.toContain('memcache.go')
  })
})

describe('errors that a server hides', () => {
  it.each([
    ['helm is missing', { status: 'failed', error: 'helm: not found' }, 'helm: not found'],
    [
      'forbidden',
      { success: false, message: 'deployments.apps "web" is forbidden' },
      'Forbidden: the user may not call kubectl_get.\ndeployments.apps "web" is forbidden',
    ],
    ['no words at all', { success: false }, 'kubectl_get failed, and the server does not say why: {"success":false}'],
    [
      'a Status of Kubernetes',
      { kind: 'Status', apiVersion: 'v1', status: 'Failure', message: 'nope', code: 403 },
      'nope',
    ],
    [
      'a container to choose',
      {
        error: 'Multi-container pod requires container specification',
        status: 'multi_container_error',
        suggestion: 'Available containers: a, b',
      },
      'Multi-container pod requires container specification\nAvailable containers: a, b',
    ],
  ])('%s', (_, value, words) => {
    expect(presentText('kubectl_get', JSON.stringify(value))).toMatchObject({
      status: 'error',
      forModel: words,
      forPerson: { kind: 'text', text: words },
    })
  })

  it('in the logs of kubectl_logs', () => {
    const text = JSON.stringify({ error: 'Resource pod x not found', status: 'not_found' })
    expect(presentText('kubectl_logs', text)).toMatchObject({ status: 'error', forModel: 'Resource pod x not found' })
  })

  it.each([
    ['an object whose status is a word', { apiVersion: 'v1', kind: 'Thing', status: 'failed' }],
    ['a success', { success: true, message: 'scaled', replicas: 2 }],
  ])('but not %s', (_, value) => {
    expect(presentText('kubectl_get', JSON.stringify(value)).status).toBe('ok')
  })
})

describe('an error', () => {
  it('is redacted and bounded like any result', () => {
    const long = `cannot reach postgres://user:pw@db ${'x '.repeat(5000)}`
    const result = presentText('kubectl_get', long, { isError: true, maxTokens: 300 })
    expect(result.status).toBe('error')
    expect(result.forModel.length).toBeLessThanOrEqual(1500)
    expect(JSON.stringify(result)).not.toContain(':pw@')
  })

  it('reports an error without a message', () => {
    expect(presentText('pods_list', '', { isError: true })).toMatchObject({ status: 'error', forModel: '(no output)' })
  })
})
