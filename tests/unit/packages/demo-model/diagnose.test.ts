import { describe, expect, it } from 'vitest'
import { ALL_PODS, CART_LOG, converse, podsOf, tabs } from './converse'
import { kubernetesMcpServerTools, mcpServerKubernetesTools } from './foreign-tools'
import type { Call } from './converse'

const CART = 'cart-694bc7cd75-98wzg'
const EVENTS: Record<string, string> = {
  shop: `NAMESPACE  TYPE  REASON  OBJECT  MESSAGE
shop  Normal  Scheduled  pod/${CART}  Successfully assigned
shop  Warning  BackOff  pod/${CART}  Back-off restarting failed container`,
  payments: `NAMESPACE  TYPE  REASON  OBJECT  MESSAGE
payments  Warning  Failed  pod/api-57c87fb788-f9p9l  Failed to pull image "registry.example.com/payments/api-missing:1.9": not found`,
}

function cluster({ name, arguments: args }: Call): string {
  const namespace = args.namespace === undefined ? undefined : String(args.namespace)
  if (name === 'events_list' || args.resourceType === 'events') return tabs(EVENTS[namespace ?? ''] ?? '(no rows)')
  if (name === 'pods_log' || name === 'kubectl_logs') return CART_LOG
  if (name === 'pods_get' || name === 'kubectl_describe')
    return 'status:\n  conditions:\n  - message: no volume\n    reason: Unschedulable\n  phase: Pending'
  return namespace ? podsOf(namespace) : ALL_PODS
}

describe('what is wrong', () => {
  it.each([
    ['What is wrong in namespace shop?'],
    ['Có gì sai trong namespace shop?'],
    ["What's wrong with the shop namespace?"],
  ])('looks at pods, then at events and logs at once: %j', async (question) => {
    const { rounds } = await converse(question, kubernetesMcpServerTools, cluster)
    expect(rounds).toEqual([
      [{ name: 'pods_list_in_namespace', arguments: { namespace: 'shop' } }],
      [
        { name: 'events_list', arguments: { namespace: 'shop' } },
        { name: 'pods_log', arguments: { name: CART, namespace: 'shop', tail: 100 } },
      ],
    ])
  })

  it('sums up from the results: names, reasons, quoted lines', async () => {
    const { text } = await converse('What is wrong in namespace shop?', kubernetesMcpServerTools, cluster)
    expect(text).toContain('Of 4 pods in namespace `shop`, 2 are not healthy:')
    expect(text).toContain(`\`${CART}\`, \`cart-694bc7cd75-hfw5q\`: **CrashLoopBackOff**`)
    expect(text).toContain('event BackOff: Back-off restarting failed container')
    expect(text).toContain('cannot connect to redis at cart-redis.shop:6379')
    expect(text).toContain('Demo model: rule-based')
  })

  it('describes what neither events nor logs explain', async () => {
    const { rounds, text } = await converse('What is wrong in namespace payments?', kubernetesMcpServerTools, cluster)
    expect(rounds[1]).toEqual([{ name: 'events_list', arguments: { namespace: 'payments' } }])
    expect(rounds[2]).toEqual([{ name: 'pods_get', arguments: { name: 'ledger-0', namespace: 'payments' } }])
    expect(text).toContain('api-missing:1.9": not found')
    expect(text).toContain('no volume')
  })

  it('examines the whole cluster if no namespace is named', async () => {
    const { rounds, text } = await converse('Is anything broken?', kubernetesMcpServerTools, cluster)
    expect(rounds[0]).toEqual([{ name: 'pods_list', arguments: {} }])
    expect(rounds[1]?.map(({ name, arguments: args }) => `${name} ${String(args.namespace)}`)).toEqual([
      'events_list payments',
      'events_list shop',
      'pods_log shop',
    ])
    expect(text).toContain('Of 9 pods, 5 are not healthy:')
  })

  it('works with the tools of mcp-server-kubernetes, in Vietnamese', async () => {
    const { rounds, text } = await converse('Có vấn đề gì trong namespace shop?', mcpServerKubernetesTools, cluster)
    expect(rounds[1]).toEqual([
      { name: 'kubectl_get', arguments: { resourceType: 'events', namespace: 'shop', output: 'wide' } },
      { name: 'kubectl_logs', arguments: { resourceType: 'pod', name: CART, namespace: 'shop', tail: 100 } },
    ])
    expect(text).toContain('Trong 4 pod trong namespace `shop`, có 2 pod không khỏe:')
    expect(text).toContain('nhật ký ghi')
  })

  it.each([
    ['Why is cart crashing?', 'Of 2 pods, 2 are not healthy:'],
    ['What is wrong with shop?', 'Of 4 pods in namespace `shop`, 2 are not healthy:'],
    ['Tại sao pod cart bị lỗi?', 'Trong 2 pod, có 2 pod không khỏe:'],
    ['What is wrong with pod nothing?', 'There is no pod named `nothing`.'],
  ])('finds what %j is about', async (question, words) => {
    expect((await converse(question, kubernetesMcpServerTools, cluster)).text).toContain(words)
  })

  it('says that nothing is wrong, after one look', async () => {
    const { rounds, text } = await converse('What is wrong in namespace monitoring?', kubernetesMcpServerTools, cluster)
    expect(rounds).toHaveLength(1)
    expect(text).toContain('Nothing is wrong in namespace `monitoring`: 1 pod, all of them healthy.')
  })

  it("says a list's error", async () => {
    const { text } = await converse(
      'What is wrong in namespace shop?',
      kubernetesMcpServerTools,
      () => 'Error: the server is currently unable',
    )
    expect(text).toContain('The tool answered with an error: Error: the server is currently unable')
  })

  it('reports that a shortened list is only a part', async () => {
    let listed = 0
    const shrinking = (call: Call) => {
      if (call.name !== 'pods_list') return cluster(call)
      listed++
      return `${ALL_PODS.split('\n').slice(0, 4).join('\n')}\n… 6 more lines of this older result left out. Call the tool again to see them.`
    }
    const { text } = await converse('Is anything broken?', kubernetesMcpServerTools, shrinking)
    expect(listed).toBe(1)
    expect(text).toContain('I can see 3 of its 9 pods')
  })

  it('sums up what it has when it may call no more', async () => {
    const { rounds, text } = await converse(
      'What is wrong in namespace payments?',
      kubernetesMcpServerTools,
      cluster,
      2,
    )
    expect(rounds).toHaveLength(2)
    expect(text).toContain('`ledger-0`: **Pending**')
    expect(text).toContain('no event or log line that says why')
  })
})
