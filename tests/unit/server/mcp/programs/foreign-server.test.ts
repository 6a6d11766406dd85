import { describe, expect, it } from 'vitest'
import { embeddedServer } from '../../../../../server/mcp/programs/foreign-server'
import type { EmbeddedOptions } from '../../../../../server/mcp/programs/foreign-server'

const kubeconfig = '/private/kubeconfig'

function started(options: Partial<EmbeddedOptions> = {}) {
  const endpoint = embeddedServer({ kubeconfig, env: { PATH: '/bin' }, ...options })
  if (endpoint.transport !== 'stdio') throw new Error('not a child process')
  return endpoint
}

describe('the MCP server that we start', () => {
  it('gets our kubeconfig by its flag, which wins over the service account (cluster-4)', () => {
    const { args, env } = started()
    expect(args.join(' ')).toContain(`--kubeconfig ${kubeconfig} `)
    expect(env.KUBECONFIG).toBe(kubeconfig)
  })

  it('gets no variable that leads to another cluster', () => {
    const wrong = {
      KUBECONFIG: '/home/me/.kube/config',
      KUBECONFIG_YAML: 'x',
      KUBECONFIG_PATH: 'x',
      KUBE_CONTEXT: 'x',
      K8S_SERVER: 'x',
      K8S_CONTEXT: 'x',
      HELM_KUBECONTEXT: 'x',
      KUBERNETES_SERVICE_HOST: '10.0.0.1',
      KUBERNETES_SERVICE_PORT_HTTPS: '443',
      KUBERNETES_MASTER: 'x',
    }
    const { env } = started({ env: { ...wrong, AWS_PROFILE: 'me', K8S_NAMESPACE: 'shop' } })
    expect(env).toEqual({
      AWS_PROFILE: 'me',
      K8S_NAMESPACE: 'shop',
      KUBECONFIG: kubeconfig,
      KUBE_CLIENT_QPS: '1000',
      KUBE_CLIENT_BURST: '2000',
    })
  })

  it('is not held back by client-go, unless the operator has set a limit', () => {
    expect(started().env).toMatchObject({ KUBE_CLIENT_QPS: '1000', KUBE_CLIENT_BURST: '2000' })
    expect(started({ env: { KUBE_CLIENT_QPS: '20' } }).env.KUBE_CLIENT_QPS).toBe('20')
  })

  it('is used for Helm alone', () => {
    expect(started().args).toEqual(['--kubeconfig', kubeconfig, '--disable-multi-cluster', '--toolsets', 'helm'])
  })
})

describe("the operator's own program", () => {
  const argsOf = (command: string, ...args: string[]) => started({ program: { command, args } }).args

  it('gets the same kubeconfig', () => {
    expect(started({ program: { command: 'mcp', args: ['--x'] } }).env.KUBECONFIG).toBe(kubeconfig)
    expect(argsOf('mcp', '--x')).toEqual(['--x'])
  })

  it.each([
    ['kubernetes-mcp-server'],
    ['/usr/bin/kubernetes-mcp-server-linux-amd64'],
    ['npx', 'kubernetes-mcp-server@latest'],
  ])('gets the flag as well if it is %s %s', (command, ...args) => {
    expect(argsOf(command, ...args)).toEqual([...args, '--kubeconfig', kubeconfig])
    expect(argsOf(command, ...args, '--kubeconfig', 'own')).toEqual([...args, '--kubeconfig', 'own'])
  })

  it('is not taken for another one', () => {
    expect(argsOf('npx', 'mcp-server-kubernetes')).toEqual(['mcp-server-kubernetes'])
  })
})
