import { describe, expect, it } from 'vitest'
import { findTypos } from '../../../../shared/environment/typos'
import { variables } from '../../../../shared/environment/schema'

const meant = (name: string): string | undefined => findTypos({ [name]: 'x' })[0]?.meant

describe('mistyped variables', () => {
  it.each([
    ['OLAMA_MODEL', 'OLLAMA_MODEL'],
    ['OLLAMA_MODLE', 'OLLAMA_MODEL'],
    ['ollama_model', 'OLLAMA_MODEL'],
    ['KUBE_CONFIG', 'KUBECONFIG'],
    ['MCP_URL', 'MCP_SERVER_URL'],
    ['AUTH_PEERS', 'AUTH_PROXY_PEERS'],
    ['TLS_CERT', 'TLS_CERT_FILE'],
    ['APROVAL_KEY', 'APPROVAL_KEY'],
    ['MAX_TURNS_PER_USERS', 'MAX_TURNS_PER_USER'],
    ['LOGLEVEL', 'LOG_LEVEL'],
  ])('finds %s', (name, ours) => expect(meant(name)).toBe(ours))

  it.each([
    ...['PATH', 'HOME', 'HOSTNAME', 'HOST_IP', 'LANG', 'XDG_DATA_HOME', 'OLLAMA_HOST', 'OLLAMA_MODELS'],
    ...['OLLAMA_KEEP_ALIVE', 'HELM_PLUGINS', 'HELM_DRIVER', 'AWS_PROFILE', 'KUBERNETES_PORT'],
    ...['MCP_SERVER_SERVICE_HOST', 'MCP_SERVER_PORT', 'MCP_SERVER_PORT_3000_TCP', 'REDIS_PORT', 'DEMO_URL'],
  ])('leaves %s alone', (name) => expect(meant(name)).toBeUndefined())

  it('are none of ours', () => {
    for (const { name } of variables) expect(meant(name), name).toBeUndefined()
  })
})
