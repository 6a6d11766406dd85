import { describe, expect, it } from 'vitest'
import { readTools } from '../../../../mcp/tools'
import { readCommandLine } from '../../../../shared/kubernetes/read-command'

/** Tools that read more than any one command. */
const WITHOUT_COMMAND = new Set(['diagnose', 'what_changed'])

describe('readCommandLine', () => {
  it.each([
    ['kubectl_get', { resource: 'pods' }, 'kubectl get pods -A'],
    ['kubectl_get', { resource: 'nodes' }, 'kubectl get nodes'],
    [
      'kubectl_get',
      { resource: 'pods', namespace: 'shop', labelSelector: 'app in (a,b)' },
      "kubectl get pods -n shop -l 'app in (a,b)'",
    ],
    ['kubectl_get', { resource: 'deploy', name: 'cart', namespace: 'shop' }, 'kubectl get deploy cart -n shop -o yaml'],
    ['kubectl_describe', { resource: 'pod', name: 'cart-1', namespace: 'shop' }, 'kubectl describe pod cart-1 -n shop'],
    [
      'kubectl_logs',
      { resource: 'deploy', name: 'cart', namespace: 'shop', previous: true, limit: 50 },
      'kubectl logs deploy/cart -n shop --previous --tail=50',
    ],
    [
      'kubectl_logs',
      { name: 'cart-1', namespace: 'shop', search: "can't" },
      "kubectl logs cart-1 -n shop | grep -i 'can'\\''t'",
    ],
    ['kubectl_events', { namespace: 'shop' }, 'kubectl events -n shop'],
    [
      'kubectl_events',
      { resource: 'pod', name: 'cart-1', namespace: 'shop' },
      'kubectl events --for=pod/cart-1 -n shop',
    ],
    ['kubectl_top', { resource: 'nodes' }, 'kubectl top nodes'],
    ['kubectl_top', {}, 'kubectl top pods -A'],
    [
      'kubectl_rollout',
      { resource: 'deploy', name: 'web', namespace: 'shop', revision: 2 },
      'kubectl rollout history deploy/web -n shop --revision=2',
    ],
    ['kubectl_explain', { resource: 'pods', field: 'spec.containers' }, 'kubectl explain pods.spec.containers'],
    ['helm_list', {}, 'helm list --all -A'],
    ['helm_values', { name: 'shop', namespace: 'shop' }, 'helm get values shop -n shop'],
  ])('%s %j', (tool, args, line) => expect(readCommandLine(tool, args)).toBe(line))

  it('adds the namespace that was found, and the context', () => {
    const place = { namespace: 'shop', context: 'prod' }
    expect(readCommandLine('kubectl_get', { resource: 'pod', name: 'cart-1' }, place)).toBe(
      'kubectl get pod cart-1 -n shop -o yaml --context=prod',
    )
    expect(readCommandLine('helm_history', { name: 'shop' }, place)).toBe(
      'helm history shop -n shop --kube-context=prod',
    )
  })

  it('has none for a tool of another server, or a read that no flag expresses', () => {
    expect(readCommandLine('pods_list', {})).toBeUndefined()
    expect(readCommandLine('kubectl_logs', { name: 'cart', around: '10:00' })).toBeUndefined()
  })

  it('knows every read tool of our MCP server', () => {
    const unknown = readTools.filter(
      ({ name }) => !WITHOUT_COMMAND.has(name) && readCommandLine(name, { resource: 'pods', name: 'x' }) === undefined,
    )
    expect(unknown.map(({ name }) => name)).toEqual([])
  })
})
