/** The rules with our own reading tools on the demo cluster: what a person sees who starts the assistant with nothing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decide } from '../../../../packages/demo-model/src/rules/rules'
import { converse, type Call } from './converse'
import { allTools as tools, openOwnCluster, readingTools as reading, type OwnCluster } from './own-cluster'

let cluster: OwnCluster
beforeEach(async () => {
  cluster = await openOwnCluster()
})
afterEach(() => cluster.close())

const run = (call: Call) => cluster.run(call)
const ask = (question: string) => converse(question, tools, run)

describe('the rules with our own tools', () => {
  it.each([
    ['Show me all pods', 'kubectl_get', { resource: 'pods' }],
    ['List services in namespace shop', 'kubectl_get', { resource: 'services', namespace: 'shop' }],
    ['list namespaces', 'kubectl_get', { resource: 'namespaces' }],
    ['Show the events of namespace payments', 'kubectl_events', { namespace: 'payments' }],
    ['Top pods in namespace shop', 'kubectl_top', { resource: 'pods', namespace: 'shop' }],
    ['Which node uses the most memory?', 'kubectl_top', { resource: 'nodes', sortBy: 'memory' }],
    ['Show all helm releases', 'helm_list', {}],
  ])('answers %j with %s %j', async (question, name, args) => {
    expect((await ask(question)).rounds).toEqual([[{ name, arguments: args }]])
  })

  it('counts pods and names those that are not healthy', async () => {
    const { text } = await ask('Show me all pods')
    expect(text).toMatch(/^24 pods, 5 of them not healthy: /)
    for (const reason of ['ImagePullBackOff', 'CrashLoopBackOff', 'Pending']) expect(text).toContain(reason)
  })

  it('counts objects of other kinds', async () => {
    expect((await ask('list nodes')).text).toMatch(/^3 nodes, all of them healthy\./)
    expect((await ask('List services in namespace shop')).text).toMatch(
      /^3 services in namespace `shop`, 2 of them not healthy: `cart` \(none of its 2 endpoints is ready\)/,
    )
    expect((await ask('deployments')).text).toMatch(/^7 deployments, 3 of them not healthy: /)
    expect((await ask('Show all helm releases')).text).toMatch(/^1 Helm release\b/)
    expect((await ask('List pods in namespace default')).text).toMatch(/^0 pods in namespace `default`\./)
  })

  it('says which pods and nodes use the most', async () => {
    expect((await ask('Top pods in namespace shop')).text).toMatch(
      /^4 pods in namespace `shop`\. Of these pods, `web-\S+` \(\d+m\) uses the most CPU and `\S+` \(\d+Mi\) the most memory/,
    )
    expect((await ask('Top nodes')).text).toMatch(/^3 nodes\. Of these nodes, `demo-worker-\d`/)
  })

  it('quotes the log of a crashing pod', async () => {
    const { rounds, text } = await ask('Show the logs of cart')
    expect(rounds).toEqual([[{ name: 'kubectl_logs', arguments: { name: 'cart' } }]])
    expect(text).toMatch(/below has 7 lines\./)
    expect(text).toContain('FATAL no session store')
  })

  it('says why there is no log', async () => {
    const { text } = await ask('Show the logs of api in namespace payments')
    expect(text).toContain('The container api has not started: ImagePullBackOff')
  })

  it('describes a pod that no node takes', async () => {
    const { text } = await ask('Describe pod reports in namespace payments')
    expect(text).toMatch(/^The phase of pod `reports-\S+` is Pending\./)
    expect(text).toContain('Insufficient cpu')
  })

  it('finds what is wrong', async () => {
    const { rounds, text } = await ask('What is wrong in namespace shop?')
    expect(rounds.map((round) => round.map(({ name }) => name))).toEqual([
      ['kubectl_get'],
      ['kubectl_events', 'kubectl_logs'],
    ])
    expect(text).toContain('Of 6 pods in namespace `shop`, 2 are not healthy:')
    expect(text).toContain('event BackOff: Back-off restarting failed container cart')
    expect(text).toContain('FATAL no session store')
  })

  it.each([
    ['List pods in namespace shopp', 'There is no namespace shopp. Did you mean shop?'],
    ['Describe pod ledger-9 in namespace payments', 'There is no Pod ledger-9 in payments.'],
  ])('reports the error of %j', async (question, words) => {
    expect((await ask(question)).text).toContain(`The tool answered with an error: ${words}`)
  })

  it('looks an object up before a change', async () => {
    const { rounds, text } = await ask('Scale web to 5')
    expect(rounds).toEqual([
      [{ name: 'kubectl_get', arguments: { resource: 'deployment' } }],
      [{ name: 'kubectl_scale', arguments: { resource: 'deployment', name: 'web', namespace: 'shop', replicas: 5 } }],
    ])
    expect(text).toContain(
      'Deployment `web` in namespace `shop` was scaled to 5. Afterwards: 5 of 5 replicas are ready.',
    )
  })
})

const WEB = { resource: 'deployment', name: 'web', namespace: 'shop' }

describe('what the assistant reports of a change', () => {
  it.each([
    [
      'Only a part was done.\n- Service a in namespace shop: deleted.\n- Service b in namespace shop: refused. It is needed.',
      'Only a part was done: Service a',
    ],
    [
      'Refused: nothing was changed.\n- Deployment web in namespace shop: refused. The quota q allows 4 pods.',
      'The cluster refused it, and nothing was changed: Deployment web',
    ],
    [
      'The outcome is not known. Do not repeat the call: read the objects first.\n- Deployment web in namespace shop: it is not known whether it was changed.',
      'Whether it was done is not known: Deployment web',
    ],
    [
      'Done.\n- Deployment web in namespace shop: marked for deletion, still there. It waits for example.com/x.',
      'The cluster still lists Deployment `web`: it may take a moment to go. Afterwards: It waits for example.com/x.',
    ],
    [
      'Not run: the person declined this call. Do not call it again; ask what to do instead.',
      'You declined it, so nothing was changed.',
    ],
    ['Something else', 'The tool answered: Something else.'],
  ])('%j', async (result, words) => {
    const { rounds, text } = await converse('Delete deployment web in shop', tools, () => result)
    expect(rounds).toHaveLength(1)
    expect(text).toContain(words)
  })
})

describe('changes by our own tools', () => {
  it.each([
    [
      'Restart deployment web in shop',
      'kubectl_rollout',
      { action: 'restart', ...WEB },
      'Deployment `web` in namespace `shop` was restarted. Afterwards: 3 of 3 replicas are ready.',
    ],
    [
      'Khởi động lại deployment web trong shop',
      'kubectl_rollout',
      { action: 'restart', ...WEB },
      'Deployment `web` trong namespace `shop` đã được khởi động lại. Sau đó: 3 of 3 replicas are ready.',
    ],
    [
      'Set the image of deployment web in shop to nginx:1.29',
      'kubectl_set',
      { ...WEB, image: 'nginx:1.29' },
      'The image of Deployment `web` in namespace `shop` was set to `nginx:1.29`. Afterwards: 3 of 3 replicas are ready.',
    ],
    [
      'Update web in shop to image registry.example.com:5000/web/Nginx:1.29.',
      'kubectl_set',
      { ...WEB, image: 'registry.example.com:5000/web/Nginx:1.29' },
      'was set to',
    ],
    [
      'Đặt image của deployment web trong shop thành nginx:1.29',
      'kubectl_set',
      { ...WEB, image: 'nginx:1.29' },
      'Image của Deployment `web` trong namespace `shop` đã được đặt thành `nginx:1.29`.',
    ],
    [
      'Set image nginx:1.29 for container nginx of deployment web in shop',
      'kubectl_set',
      { ...WEB, image: 'nginx:1.29', container: 'nginx' },
      'was set to `nginx:1.29`',
    ],
    [
      'Label deployment web in shop with team=front',
      'kubectl_label',
      { ...WEB, labels: 'team=front' },
      'The labels of Deployment `web` in namespace `shop` were changed: `team=front`.',
    ],
    [
      'Gắn nhãn team=front cho deployment web trong shop',
      'kubectl_label',
      { ...WEB, labels: 'team=front' },
      'Nhãn của Deployment `web` trong namespace `shop` đã được thay đổi: `team=front`.',
    ],
    [
      'Remove the label app.kubernetes.io/name from service web in shop',
      'kubectl_label',
      { ...WEB, resource: 'service', labels: 'app.kubernetes.io/name-' },
      'Service `web` was like that already: nothing was changed.',
    ],
    [
      'Annotate configmap web-config in shop with example.com/note="do not touch"',
      'kubectl_annotate',
      { resource: 'configmap', name: 'web-config', namespace: 'shop', annotations: 'example.com/note=do not touch' },
      'The annotations of ConfigMap `web-config` in namespace `shop` were changed',
    ],
    [
      'Label node demo-worker-1 with disk=ssd',
      'kubectl_label',
      { resource: 'node', name: 'demo-worker-1', labels: 'disk=ssd' },
      'The labels of Node `demo-worker-1` were changed',
    ],
    ['Cordon node demo-worker-1', 'kubectl_cordon', { name: 'demo-worker-1' }, 'Node `demo-worker-1` was cordoned'],
    [
      'Bỏ cordon node demo-worker-1',
      'kubectl_cordon',
      { name: 'demo-worker-1', uncordon: true },
      'Node `demo-worker-1` vốn đã như vậy: không có gì thay đổi.',
    ],
    ['Drain node demo-worker-1', 'kubectl_drain', { name: 'demo-worker-1' }, 'Node `demo-worker-1` was drained.'],
    [
      'Delete deployment web in shop',
      'kubectl_delete',
      WEB,
      'Deployment `web` in namespace `shop` was deleted. The cluster no longer lists Deployment `web`.',
    ],
    [
      'Xóa configmap web-config trong shop',
      'kubectl_delete',
      { resource: 'configmap', name: 'web-config', namespace: 'shop' },
      'Cụm không còn liệt kê ConfigMap `web-config`.',
    ],
    [
      'Scale web-x in shop to 2',
      'kubectl_scale',
      { resource: 'deployment', name: 'web-x', namespace: 'shop', replicas: 2 },
      'There is no Deployment web-x',
    ],
    ['Roll back deployment web in shop', 'kubectl_rollout', { action: 'undo', ...WEB }, 'has no earlier revision'],
    [
      'Install chart /charts/hello as hi in shop',
      'helm_install',
      { name: 'hi', namespace: 'shop', chart: '/charts/hello' },
      'Install Helm 3 or 4',
    ],
    ['Roll back release hi in shop', 'helm_rollback', { name: 'hi', namespace: 'shop' }, 'Install Helm 3 or 4'],
  ])('%j calls %s %j and says %j', async (question, name, args, words) => {
    const { rounds, text } = await ask(question)
    expect(rounds).toEqual([[{ name, arguments: args }]])
    expect(text).toContain(words)
  })

  it('applies a ConfigMap', async () => {
    const { rounds, text } = await ask('Set THEME=winter in configmap web-config in shop')
    expect(rounds[0]?.map(({ name }) => name)).toEqual(['kubectl_apply'])
    expect(text).toContain('ConfigMap `web-config` in namespace `shop` was applied.')
  })

  it('adds the group of a tool that is not offered yet', () => {
    const more = { name: 'more_tools', description: 'Adds tools: changes (set, label); nodes (cordon, drain).' }
    const few = tools.filter(({ name }) => name !== 'kubectl_cordon')
    const calls = (offered: { name: string }[]) =>
      decide({
        model: 'demo',
        messages: [{ role: 'user', content: 'Cordon node demo-worker-1' }],
        tools: offered.map((tool) => ({ function: tool })),
      }).calls
    expect(calls([...few, more])).toEqual([{ name: 'more_tools', arguments: { group: 'nodes' } }])
    expect(calls([...few, more, ...tools])[0]?.name).toBe('kubectl_cordon')
  })

  it('makes no change if only read tools are offered', async () => {
    const { rounds, text } = await converse('Restart deployment web in shop', reading, run)
    expect(rounds).toEqual([])
    expect(text).toContain('read-only mode')
  })

  it('names the changes in its help', async () => {
    for (const words of ['Restart deployment NAME', 'Roll back deployment NAME', 'Set the image', 'Drain node NAME'])
      expect((await ask('help')).text).toContain(words)
  })
})
