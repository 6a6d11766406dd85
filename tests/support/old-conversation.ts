/**
 * A conversation stored by older versions: tools of kubernetes-mcp-server, results without cluster, coverage and
 * verdicts, and an approval with plain notes.
 */

const step = { type: 'step-start' }

function call(id: string, toolName: string, input: object, text: string, status = 'ok') {
  const output = { status, text, durationMs: 12 }
  return { type: 'dynamic-tool', toolName, toolCallId: id, state: 'output-available', input, output }
}

const result = (toolCallId: string, data: object) => ({
  type: 'data-result',
  id: toolCallId,
  data: { toolCallId, result: data },
})

const approval = {
  id: 'approval-1',
  toolCallId: 'call-6',
  tool: 'resources_scale',
  cluster: 'staging',
  namespace: 'shop',
  target: 'Deployment web',
  arguments: 'apiVersion: apps/v1\nkind: Deployment\nname: web\nnamespace: shop\nscale: 5\n',
  preview: { basis: 'predicted', diff: ' spec:\n-  replicas: 3\n+  replicas: 5\n', notes: ['3 pods run now.'] },
  precededBy: 'pods_log · shop/cart-6d5',
  expiresAt: Date.parse('2026-11-24T08:10:00Z'),
}

export const OLD_CONVERSATION = {
  id: 'old-conversation',
  title: 'What is wrong in shop?',
  messages: [
    {
      id: 'q1',
      role: 'user',
      parts: [{ type: 'text', text: 'What is wrong in shop?' }],
      metadata: { turnId: 'turn-1' },
    },
    {
      id: 'a1',
      role: 'assistant',
      parts: [
        step,
        { type: 'reasoning', text: 'The pods.', state: 'done' },
        call(
          'call-1',
          'pods_list_in_namespace',
          { namespace: 'shop' },
          'NAME READY STATUS\ncart-6d5 0/1 CrashLoopBackOff',
        ),
        result('call-1', {
          kind: 'table',
          columns: ['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
          rows: [
            ['shop', 'cart-6d5', '0/1', 'CrashLoopBackOff', '12 (2m ago)', '40m'],
            ['shop', 'web-7c9', '1/1', 'Running', '0', '40m'],
          ],
        }),
        step,
        call('call-2', 'pods_log', { namespace: 'shop', name: 'cart-6d5', tail: 200 }, 'ERROR cannot connect to redis'),
        result('call-2', {
          kind: 'log',
          text: 'INFO starting\nERROR cannot connect to redis',
          source: 'shop/cart-6d5',
        }),
        call('call-3', 'pods_get', { namespace: 'shop', name: 'cart-6d5' }, 'kind: Pod'),
        result('call-3', { kind: 'yaml', text: 'kind: Pod\nmetadata:\n  name: cart-6d5\n' }),
        call('call-4', 'configuration_view', {}, 'configuration_view is not allowed.', 'denied'),
        result('call-4', { kind: 'text', text: 'configuration_view is not allowed.' }),
        call('call-5', 'tool_of_long_ago', { of: null }, 'gone', 'error'),
        { type: 'text', text: 'cart cannot reach redis.', state: 'done' },
      ],
      metadata: { turnId: 'turn-1', model: 'gpt-oss:20b', startedAt: 1, finishedAt: 2, finishReason: 'stop' },
    },
    { id: 'q2', role: 'user', parts: [{ type: 'text', text: 'Scale web to 5' }], metadata: { turnId: 'turn-2' } },
    {
      id: 'a2',
      role: 'assistant',
      parts: [
        step,
        {
          ...call('call-6', 'resources_scale', { name: 'web', scale: 5 }, 'Scaled.'),
          approval: { id: 'approval-1', approved: true },
        },
        { type: 'data-approval', id: 'call-6', data: approval },
        result('call-6', { kind: 'text', text: 'Scaled.' }),
        step,
        { type: 'text', text: 'web has 5 replicas.', state: 'done' },
      ],
      metadata: { turnId: 'turn-2', model: 'gpt-oss:20b', startedAt: 3, finishedAt: 4, finishReason: 'stop' },
    },
  ],
}
