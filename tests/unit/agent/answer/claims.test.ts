import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../../../server/agent/policy'
import { isAboutCluster } from '../../../../server/agent/answer/claim'
import { readCorpus } from '../../../support/claims'
import { ask, callTools, say, scriptedModel, scriptedToolbox } from '../../../support/agent/scripted'

const PODS = 'NAMESPACE   NAME    READY\nshop        web-1   1/1\n'

const CLAIMS: [question: string, answer: string][] = [
  ['Show me all pods', 'All pods are running; there are no problems in the cluster.'],
  ['Is everything ok?', 'Yes, everything is healthy.'],
  ['How many nodes do we have?', 'You have 3 nodes.'],
  ['Why is cart slow?', 'cart is restarting because it lacks memory.'],
  ['What is wrong with payments?', 'The database is down.'],
  ['What is running in shop?', 'web and cart.'],
  ['Are there failing jobs?', 'No.'],
  ['Which deployments have no limits?', 'Only web.'],
  ['List the services in namespace shop', 'web, cart and ledger.'],
  ['What version is the cluster?', 'Version 1.34.'],
  ['Did anything restart last night?', 'Nothing restarted.'],
  ['Show the last events', 'There are no events.'],
  ['Is the ingress of shop configured correctly?', 'Yes.'],
  ['How much memory do the nodes use?', 'About 40 %.'],
  ['Who owns the pod web-1?', 'The ReplicaSet web-7f.'],
  ['Liệt kê các pod', 'Có 12 pod đang chạy.'],
  ['Cụm có ổn không?', 'Cụm ổn định.'],
  ['Có bao nhiêu nút?', 'Có 3 nút.'],
  ['Tại sao cart bị lỗi?', 'Vì thiếu bộ nhớ.'],
  ['Dịch vụ nào trong shop đang gặp sự cố?', 'Không có.'],
  ['Xem nhật ký của ledger-0', 'Nhật ký không có lỗi.'],
  ['Pod nào khởi động lại nhiều nhất?', 'web-1.'],
  ['Triển khai web có mấy bản sao?', 'Có 3 bản sao.'],
  ['Namespace nào dùng nhiều CPU nhất?', 'payments.'],
  ['Hiện tại có cảnh báo gì?', 'Không có cảnh báo.'],
  ['Chứng chỉ nào sắp hết hạn?', 'Không có.'],
  ['Ứng dụng shop khỏe không?', 'Khỏe.'],
  ['Có pod nào bị treo không?', 'Không.'],
  ['Sự kiện gần đây?', 'Không có gì.'],
  ['Vì sao ledger chậm?', 'ledger đang gặp vấn đề bộ nhớ.'],
]

const GENERAL: [question: string, answer: string][] = [
  ['Hello', 'Hello! I can help you with your cluster.'],
  ['What can you do?', 'I look at pods, nodes and logs.'],
  ['What is a StatefulSet?', 'A StatefulSet gives pods stable names.'],
  ['What is a pod?', 'A pod is a group of containers that is scheduled together.'],
  ['What is the difference between a Deployment and a DaemonSet?', 'A DaemonSet has one pod on each node.'],
  ['How does a liveness probe work?', 'The kubelet calls it, and a container that fails is restarted.'],
  ['How do I write a NetworkPolicy?', 'Begin with a pod selector.'],
  ['Explain taints and tolerations', 'A taint keeps pods away.'],
  ['When should I use a CronJob?', 'For work at fixed times.'],
  ['What does CrashLoopBackOff mean?', 'The container ends again and again.'],
  ['Should I set CPU limits?', 'Often not.'],
  ['Give me an example of a ConfigMap', 'Here is one.'],
  ['Why do pods get evicted?', 'When a node lacks memory.'],
  ['Write a manifest for nginx', 'apiVersion: apps/v1'],
  ['Thanks, that helped', 'You are welcome.'],
  ['Pod là gì?', 'Pod là nhóm container.'],
  ['Deployment khác StatefulSet như thế nào, giải thích giúp tôi', 'StatefulSet có tên ổn định.'],
  ['Xin chào', 'Xin chào! Tôi có thể giúp gì?'],
  ['Bạn có thể làm gì?', 'Tôi xem được pod và nhật ký.'],
  ['Khi nào nên dùng DaemonSet?', 'Khi cần một pod trên mỗi nút.'],
  ['Cho ví dụ về Ingress', 'Đây là ví dụ.'],
  ['Liveness probe hoạt động thế nào?', 'Kubelet gọi nó.'],
  ['ConfigMap dùng để làm gì?', 'Để lưu cấu hình.'],
  ['So sánh Helm và Kustomize', 'Helm dùng mẫu.'],
  ['Làm sao để viết một CronJob?', 'Bắt đầu với lịch.'],
  ['CrashLoopBackOff nghĩa là gì?', 'Container kết thúc liên tục.'],
  ['Có nên đặt giới hạn CPU không?', 'Thường là không.'],
  ['Tại sao cần readiness probe?', 'Để không gửi lưu lượng quá sớm.'],
  ['Cảm ơn bạn', 'Không có gì.'],
  ['Giải thích taint và toleration', 'Taint đẩy pod đi.'],
]

async function isMarked([question, answer]: [string, string]): Promise<boolean> {
  const model = scriptedModel(say(answer), say(answer))
  const { notices, finish } = await ask(question, { model, toolbox: scriptedToolbox({ pods_list: PODS }) })
  if (finish.reason !== 'stop') throw new Error(`ended as ${finish.reason}`)
  return notices.join().includes('Not checked')
}

async function marked(cases: [string, string][]): Promise<string[]> {
  const found: string[] = []
  for (const each of cases) if (await isMarked(each)) found.push(each[0])
  return found
}

describe('an answer without a look at the cluster', () => {
  it('model-30: is marked if it is a claim, in both languages', async () => {
    expect(await marked(CLAIMS)).toEqual(CLAIMS.map(([question]) => question))
  })

  it('is not marked if the question is a general one', async () => {
    expect((await marked(GENERAL)).length).toBeLessThanOrEqual(2)
  })

  it('model-30: is asked for again first', async () => {
    const model = scriptedModel(say('All pods are running.'), callTools(['pods_list', {}]), say('One pod.'))
    const { notices, events, results } = await ask('pods', { model, toolbox: scriptedToolbox({ pods_list: PODS }) })
    expect(notices).toEqual([])
    expect(results).toHaveLength(1)
    expect(events.map(({ type }) => type)).toContain('step-reset')
  })

  it('may rest on an earlier result of the conversation', async () => {
    const call = { id: 'c1', name: 'pods_list', arguments: '{}' }
    const model = scriptedModel(say('web-1 is running.'))
    const { notices } = await ask(
      {
        history: [
          { role: 'user', content: 'pods' },
          { role: 'assistant', content: '', toolCalls: [call] },
          { role: 'tool', toolCallId: 'c1', name: 'pods_list', content: PODS },
          { role: 'assistant', content: 'One pod.' },
          { role: 'user', content: 'Is web-1 running?' },
        ],
        waiting: [],
      },
      { model, toolbox: scriptedToolbox({ pods_list: PODS }) },
    )
    expect(notices).toEqual([])
  })
})

describe('questions about the cluster and in general', () => {
  it.each(['tuning', 'held-out'] as const)('are distinguished by their form: %s', (name) => {
    const { claims, general } = readCorpus(name)
    const isMarked = ([question, answer]: [string, string]) => isAboutCluster(question, answer)
    for (const list of [claims.en, claims.vi]) expect(list.filter((pair) => !isMarked(pair))).toEqual([])
    for (const list of [general.en, general.vi])
      expect(list.filter(isMarked).length).toBeLessThanOrEqual(list.length / 15)
  })

  it('takes a long text for one about the cluster', () => {
    expect(isAboutCluster(`What is a pod? ${'log line '.repeat(100)}`, 'A group of containers.')).toBe(true)
  })

  it('finds a statement about this cluster under a general question', () => {
    expect(isAboutCluster('Hello', 'Hello! All pods are running.')).toBe(true)
    expect(isAboutCluster('What is a pod?', 'A group of containers. There are 12 in your cluster.')).toBe(true)
  })
})

describe('an answer to a request for a change', () => {
  const policy = createPolicy({ mode: 'approve' })
  const toolbox = () => scriptedToolbox({ pods_list: PODS, resources_scale: 'scaled' })

  it.each(['Scaled web to 5.', 'Shall I scale web to 5?', 'Run `kubectl scale deployment web --replicas=5`.'])(
    'is asked for again if no change was called: %s',
    async (claim) => {
      const call = callTools(['resources_scale', { kind: 'Deployment', name: 'web', namespace: 'shop', scale: 5 }])
      const model = scriptedModel(callTools(['pods_list', {}]), say(claim), call)
      const { finish, text } = await ask('scale web in shop to 5', { model, toolbox: toolbox(), policy })
      expect(finish.reason).toBe('approval-required')
      expect(model.requests[2]?.messages.at(-1)?.content).toContain('nothing has changed')
      expect(text).toContain(claim)
    },
  )

  it('has a line that nothing was changed if the model insists', async () => {
    const model = scriptedModel(
      callTools(['pods_list', {}]),
      say('web has 5 replicas now.'),
      say('web has 5 replicas now.'),
    )
    const { notices, finish } = await ask('tăng web lên 5 bản sao', { model, toolbox: toolbox(), policy })
    expect(notices).toEqual([expect.stringContaining('Nothing was changed')])
    expect(finish.reason).toBe('stop')
  })

  it.each(['Why was web scaled?', 'What would delete this pod?', 'web đã được xóa chưa?', 'pods'])(
    'is no matter of a question: %s',
    async (question) => {
      const model = scriptedModel(callTools(['pods_list', {}]), say('By the autoscaler.'))
      const { notices } = await ask(question, { model, toolbox: toolbox(), policy })
      expect(notices).toEqual([])
    },
  )
})
