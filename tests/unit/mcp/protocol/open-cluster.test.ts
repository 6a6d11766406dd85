import { afterEach, describe, expect, it } from 'vitest'
import { clusterOpener } from '../../../../mcp/protocol/open-cluster'
import { impersonated, tokenCredentials } from '../../../../mcp/kubernetes/connection/credentials'
import { KubeError } from '../../../../mcp/kubernetes/errors/errors'
import type { OpenCluster } from '../../../../mcp/protocol/clusters'

const opened: OpenCluster[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()))
})

const open = (server: string, expectedServer: string | undefined) =>
  opened.push(
    clusterOpener({
      ...{ kubeconfigs: ['/nowhere'], chosen: true, inPod: false, namespaces: [], deniedKinds: [] },
      ...{ deniedNamespaces: [], dryRunsOnly: true },
      ...(expectedServer !== undefined && { expectedServer }),
    })({ kind: 'token', server, token: 'secret' }),
  )

describe('the token of a session', () => {
  const RANCHER = 'https://rancher.test/k8s/clusters'

  it.each([
    ['https://10.0.0.1:6443', 'https://10.0.0.1:6443'],
    ['https://10.0.0.1:6443/', 'https://10.0.0.1:6443'],
    [`${RANCHER}/local`, RANCHER],
    [`${RANCHER}/c-m-abc12`, RANCHER],
    ['https://10.0.0.1:6443', undefined],
  ])('may be sent to %s if %s is expected', (server, expected) => {
    expect(() => open(server, expected)).not.toThrow()
  })

  it.each([
    ['https://evil.test', RANCHER],
    [`${RANCHER}.evil.test/local`, RANCHER],
    [`${RANCHER}-evil/local`, RANCHER],
    [`${RANCHER}/../../v3`, RANCHER],
    [`${RANCHER}/..%2f..%2fv3`, RANCHER],
    [`${RANCHER}/%2e%2e/%2e%2e/v3`, RANCHER],
    [`${RANCHER}\\..\\..\\v3`, RANCHER],
    [`${RANCHER}/local?x`, RANCHER],
    ['https://rancher.test@evil.test/k8s/clusters/local', RANCHER],
    ['http://rancher.test/k8s/clusters/local', RANCHER],
    ['https://10.0.0.1:64430', 'https://10.0.0.1:6443'],
  ])('is not sent to %s if %s is expected', (server, expected) => {
    expect(() => open(server, expected)).toThrow(KubeError)
  })
})

describe('an impersonated user', () => {
  it('is sent in place of whom the operator impersonates', async () => {
    const operator = tokenCredentials({ kind: 'token', server: 'https://10.0.0.1', token: 'operator' })
    const asRoot = impersonated(operator, { kind: 'impersonation', user: 'root', groups: ['system:masters'] })
    const asAda = impersonated(asRoot, { kind: 'impersonation', user: 'ada', groups: [] })
    expect((await asAda.login()).headers).toEqual({ Authorization: 'Bearer operator', 'Impersonate-User': 'ada' })
    const inGroups = impersonated(asRoot, { kind: 'impersonation', user: 'ada', groups: ['ops', 'dev'] })
    expect((await inGroups.login()).headers).toMatchObject({ 'Impersonate-Group': ['ops', 'dev'] })
  })
})
