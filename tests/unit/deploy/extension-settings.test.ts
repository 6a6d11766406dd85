import { describe, expect, it } from 'vitest'
import { urlOf } from '../../../deploy/rancher/extension/pkg/k8s-ai-assistant/settings'

const ORIGIN = 'https://rancher.example.com'
const PROXY = `${ORIGIN}/k8s/clusters/local/api/v1/namespaces/k8s-ai-assistant/services`

describe('the address of the assistant in Rancher', () => {
  it('is the service proxy of the local cluster by default', () => {
    expect(urlOf(undefined, ORIGIN).href).toBe(`${PROXY}/http:k8s-ai-assistant:8005/proxy/`)
  })

  it('follows the metadata of the UIPlugin object', () => {
    const metadata = {
      'k8s-ai-assistant/cluster': 'c-m-abc12',
      'k8s-ai-assistant/namespace': 'tools',
      'k8s-ai-assistant/service': 'assistant',
      'k8s-ai-assistant/port': 'web',
      'k8s-ai-assistant/scheme': 'https',
    }
    expect(urlOf(metadata, ORIGIN).href).toBe(
      `${ORIGIN}/k8s/clusters/c-m-abc12/api/v1/namespaces/tools/services/https:assistant:web/proxy/`,
    )
  })

  it.each(['../../x', 'a/b', 'A', '', 'a?b', 42])('ignores %j as a namespace', (namespace) => {
    expect(urlOf({ 'k8s-ai-assistant/namespace': namespace }, ORIGIN).href).toContain('/namespaces/k8s-ai-assistant/')
  })

  it('can be elsewhere', () => {
    expect(urlOf({ 'k8s-ai-assistant/url': 'https://ai.example.com/chat/' }, ORIGIN).href).toBe(
      'https://ai.example.com/chat/',
    )
    expect(urlOf({ 'k8s-ai-assistant/url': '/ai/' }, ORIGIN).href).toBe(`${ORIGIN}/ai/`)
  })

  it('is a web address', () => {
    expect(() => urlOf({ 'k8s-ai-assistant/url': 'javascript:alert(1)' }, ORIGIN)).toThrow(TypeError)
  })
})
