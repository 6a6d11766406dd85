import { describe, expect, it } from 'vitest'
import { readTools } from '../../../../mcp/tools'
import { commands } from '../../../../shared/commands/command-list'
import { commandCall, readCommand } from '../../../../shared/commands/read-command'

const namespaces = new Set(['shop', 'payments'])

function callOf(text: string, chosen?: string) {
  const read = readCommand(text)
  if (!read || !('input' in read)) throw new Error(`no command: ${text}`)
  return commandCall(read, namespaces, chosen)
}

describe('readCommand', () => {
  it.each([
    ['/pods', 'kubectl_get', { resource: 'pods' }],
    ['/pods shop', 'kubectl_get', { resource: 'pods', namespace: 'shop' }],
    ['/pods -n shop -l app=cart', 'kubectl_get', { resource: 'pods', namespace: 'shop', labelSelector: 'app=cart' }],
    ['/pods -A', 'kubectl_get', { resource: 'pods', allNamespaces: true }],
    ['/logs cart', 'kubectl_logs', { name: 'cart' }],
    [
      '/logs deploy/cart -n shop -p',
      'kubectl_logs',
      { resource: 'deploy', name: 'cart', namespace: 'shop', previous: true },
    ],
    ['/logs cart --since=10m -c app', 'kubectl_logs', { name: 'cart', since: '10m', container: 'app' }],
    ['/events', 'kubectl_events', {}],
    ['/events shop', 'kubectl_events', { namespace: 'shop' }],
    ['/events deploy/cart', 'kubectl_events', { resource: 'deploy', name: 'cart' }],
    ['/top', 'kubectl_top', { resource: 'pods' }],
    ['/top nodes', 'kubectl_top', { resource: 'nodes' }],
    ['/top shop', 'kubectl_top', { resource: 'pods', namespace: 'shop' }],
    ['/changes shop --since 2h', 'what_changed', { namespace: 'shop', since: '2h' }],
    ['/diagnose', 'diagnose', {}],
    ['/diagnose shop', 'diagnose', { namespace: 'shop' }],
    ['/diagnose cart', 'diagnose', { name: 'cart' }],
    ['/diagnose shop -n payments', 'diagnose', { name: 'shop', namespace: 'payments' }],
    ['/get deploy', 'kubectl_get', { resource: 'deploy' }],
    ['/get deploy/cart', 'kubectl_get', { resource: 'deploy', name: 'cart' }],
    ['/get deploy cart -n shop', 'kubectl_get', { resource: 'deploy', name: 'cart', namespace: 'shop' }],
    ['/describe pod cart-1', 'kubectl_describe', { resource: 'pod', name: 'cart-1' }],
    ['  /nodes ', 'kubectl_get', { resource: 'nodes' }],
  ])('reads %s', (text, tool, args) => {
    expect(callOf(text)).toEqual({ tool, arguments: args })
  })

  it.each([
    ['/pods', { resource: 'pods', namespace: 'payments' }],
    ['/pods shop', { resource: 'pods', namespace: 'shop' }],
    ['/pods -A', { resource: 'pods', allNamespaces: true }],
    ['/nodes', { resource: 'nodes' }],
  ])('reads the chosen namespace where %s names none', (text, args) => {
    expect(callOf(text, 'payments').arguments).toEqual(args)
  })

  it.each(['What is wrong?', '/etc/resolv.conf is empty, why?', '/pod', '/pods\nand more', 'see /pods'])(
    'leaves %s to the model',
    (text) => expect(readCommand(text)).toBeUndefined(),
  )

  it.each([
    ['/logs', 'missing'],
    ['/logs cart -n', 'missing'],
    ['/pods shop payments', 'extra'],
    ['/nodes -n shop', 'flag'],
    ['/pods --watch', 'flag'],
  ])('says what is wrong with %s', (text, problem) => {
    expect(readCommand(text)).toMatchObject({ problem })
  })

  it('uses only arguments that the tools of our MCP server have', () => {
    const implied = ['allNamespaces']
    for (const { name, flags, call } of commands) {
      const given = Object.fromEntries(flags.map((flag) => [flag, 'x']))
      for (const words of [[], ['x'], ['kind/x'], ['shop']]) {
        const { tool, arguments: args } = call({ words, flags: given }, namespaces)
        const found = readTools.find((each) => each.name === tool)
        expect(found, `/${name} calls ${tool}`).toBeDefined()
        const known = [...Object.keys(found?.properties ?? {}), ...implied]
        expect(known, `/${name}`).toEqual(expect.arrayContaining(Object.keys(args)))
      }
    }
  })
})
