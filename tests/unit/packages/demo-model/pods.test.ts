import { describe, expect, it } from 'vitest'
import { ALL_PODS, CART_LOG, converse, podsOf } from './converse'
import { kubernetesMcpServerTools, mcpServerKubernetesTools } from './foreign-tools'
import type { Call } from './converse'

const CART = 'cart-694bc7cd75-98wzg'

function cluster({ name, arguments: args }: Call): string {
  if (name === 'pods_list') return ALL_PODS
  if (name === 'pods_list_in_namespace') return podsOf(String(args.namespace))
  if (name === 'kubectl_get' && args.resourceType === 'pods')
    return args.namespace ? podsOf(String(args.namespace)) : ALL_PODS
  if (name === 'pods_log') return CART_LOG
  if (name === 'kubectl_logs') return JSON.stringify({ name: args.name, logs: `${CART_LOG}\n` })
  if (name === 'pods_get') return LEDGER_YAML
  if (name === 'kubectl_describe') return LEDGER_DESCRIPTION
  return '(no rows)'
}

const LEDGER_YAML = `apiVersion: v1
kind: Pod
metadata:
  name: ledger-0
  namespace: payments
status:
  conditions:
  - lastTransitionTime: "2026-11-22T21:45:29Z"
    message: '0/2 nodes are available: 2 pod has unbound immediate PersistentVolumeClaims.'
    reason: Unschedulable
    status: "False"
    type: PodScheduled
  phase: Pending`

const LEDGER_DESCRIPTION = `Name:           ledger-0
Namespace:      payments
Status:         Pending
IP:
Conditions:
  Type           Status
  PodScheduled   False
Events:
  Type     Reason            Age                From               Message
  ----     ------            ----               ----               -------
  Warning  FailedScheduling  10m                default-scheduler  0/2 nodes are available: 2 pod has unbound immediate PersistentVolumeClaims.`

describe('logs of a pod', () => {
  const log = { name: CART, namespace: 'shop', tail: 100 }

  it.each([
    [`Show the logs of pod ${CART}`],
    [`logs ${CART}`],
    [`Xem nhật ký của pod ${CART}`],
    ['Show me the logs of cart'],
    ['logs of the crashing pod in namespace shop'],
  ])('finds the pod of %j in a list first', async (question) => {
    const { rounds } = await converse(question, kubernetesMcpServerTools, cluster)
    expect(rounds).toHaveLength(2)
    expect(rounds[1]).toEqual([{ name: 'pods_log', arguments: log }])
  })

  it.each([
    [`Show the logs of pod ${CART} in namespace shop`],
    [`log của pod ${CART} trong namespace shop`],
    [`logs shop/${CART}`],
  ])('calls the tool at once if %j names both', async (question) => {
    expect((await converse(question, kubernetesMcpServerTools, cluster)).rounds).toEqual([
      [{ name: 'pods_log', arguments: log }],
    ])
  })

  it('works with the tools of mcp-server-kubernetes', async () => {
    const { rounds, text } = await converse(`Show the logs of ${CART}`, mcpServerKubernetesTools, cluster)
    expect(rounds).toEqual([
      [{ name: 'kubectl_get', arguments: { resourceType: 'pods', allNamespaces: true, output: 'wide' } }],
      [{ name: 'kubectl_logs', arguments: { resourceType: 'pod', ...log } }],
    ])
    expect(text).toContain('has 3 lines')
  })

  it('requests the previous container if the question does', async () => {
    const { rounds } = await converse(`previous logs of ${CART} in namespace shop`, kubernetesMcpServerTools, cluster)
    expect(rounds[0]).toEqual([{ name: 'pods_log', arguments: { ...log, previous: true } }])
  })

  it('counts the lines and quotes those that stand out', async () => {
    const { text } = await converse(`logs of ${CART}`, kubernetesMcpServerTools, cluster)
    expect(text).toContain(`The log of pod \`${CART}\` below has 3 lines.`)
    expect(text).toContain('> 2026-11-22T08:00:01Z ERROR cannot connect to redis')
    expect(text).not.toContain('cart 2.4.0 starting')
  })

  it('says that a log is empty, that there is no such pod, or what the tool said', async () => {
    const said = (result: string) => (call: Call) => (call.name === 'pods_log' ? result : cluster(call))
    expect((await converse(`logs of ${CART}`, kubernetesMcpServerTools, said('(no output)'))).text).toContain(
      'is empty',
    )
    expect((await converse('logs of pod nothing', kubernetesMcpServerTools, cluster)).text).toContain(
      'There is no pod named `nothing`.',
    )
    const error = 'failed to get pod log: container "cart" is waiting to start: trying and failing to pull image'
    expect((await converse(`logs of ${CART}`, kubernetesMcpServerTools, said(error))).text).toContain(error)
  })
})

describe('describing a pod', () => {
  it.each([['Describe pod ledger-0'], ['Mô tả pod ledger-0'], ['describe ledger']])(
    'finds the pod of %j first',
    async (question) => {
      const { rounds } = await converse(question, kubernetesMcpServerTools, cluster)
      expect(rounds).toEqual([
        [{ name: 'pods_list', arguments: {} }],
        [{ name: 'pods_get', arguments: { name: 'ledger-0', namespace: 'payments' } }],
      ])
    },
  )

  it.each([
    ['YAML', kubernetesMcpServerTools],
    ["kubectl's description", mcpServerKubernetesTools],
  ])('tells state and reasons from %s', async (_form, tools) => {
    const { text } = await converse('Describe pod ledger-0 in namespace payments', tools, cluster)
    expect(text).toContain('The phase of pod `ledger-0` is Pending.')
    expect(text).toContain('2 pod has unbound immediate PersistentVolumeClaims')
  })

  it("says the tool's error", async () => {
    const error = 'failed to get pod ledger-9 in namespace payments: pods "ledger-9" not found'
    const { text } = await converse(
      'Describe pod ledger-9 in namespace payments',
      kubernetesMcpServerTools,
      () => error,
    )
    expect(text).toContain(`The tool answered with an error: ${error}`)
  })
})
