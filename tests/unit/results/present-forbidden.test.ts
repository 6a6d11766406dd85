/** What both servers answer to a user who may only look, as they answered it. */
import { describe, expect, it } from 'vitest'
import { present, presentText } from './load-fixture'

const refused = (what: string): string => `Forbidden: the user "viewer" may not ${what}.`
const lab = 'in namespace lab'

describe('a refused call names verb and resource', () => {
  it.each([
    ['mcp-server-kubernetes/forbidden/scale', refused(`patch deployments.apps/scale ${lab}`)],
    ['mcp-server-kubernetes/forbidden/generic_scale_dryrun', refused(`patch deployments.apps/scale ${lab}`)],
    ['mcp-server-kubernetes/forbidden/apply_created', refused(`patch configmaps ${lab}`)],
    ['mcp-server-kubernetes/forbidden/apply_configured', refused(`patch configmaps ${lab}`)],
    [
      'mcp-server-kubernetes/forbidden/apply_several',
      `${refused(`patch configmaps ${lab}`)}\n${refused(`patch deployments.apps ${lab}`)}`,
    ],
    ['mcp-server-kubernetes/forbidden/create_manifest', refused(`create deployments.apps ${lab}`)],
    ['mcp-server-kubernetes/forbidden/create_configmap', refused(`create configmaps ${lab}`)],
    ['mcp-server-kubernetes/forbidden/create_secret', refused(`create secrets ${lab}`)],
    ['mcp-server-kubernetes/forbidden/create_namespace', refused('create namespaces in the whole cluster')],
    ['mcp-server-kubernetes/forbidden/patch', refused(`patch deployments.apps ${lab}`)],
    ['mcp-server-kubernetes/forbidden/rollout_restart', refused(`patch deployments.apps ${lab}`)],
    ['mcp-server-kubernetes/forbidden/delete', refused(`delete deployments.apps ${lab}`)],
    ['mcp-server-kubernetes/forbidden/delete_namespace', refused(`delete namespaces ${lab}`)],
    ['mcp-server-kubernetes/forbidden/node_cordon', refused('get nodes in the whole cluster')],
    ['mcp-server-kubernetes/forbidden/helm_install', refused(`get secrets ${lab}`)],
    ['mcp-server-kubernetes/forbidden/helm_template', refused('create namespaces in the whole cluster')],
    ['mcp-server-kubernetes/forbidden/helm_upgrade', refused(`list secrets ${lab}`)],
    ['mcp-server-kubernetes/forbidden/helm_uninstall', refused(`list secrets ${lab}`)],
    ['kubernetes-mcp-server/forbidden/scale', refused(`update deployments.apps/scale ${lab}`)],
    ['kubernetes-mcp-server/forbidden/create', refused(`patch deployments.apps ${lab}`)],
    ['kubernetes-mcp-server/forbidden/create_secret', refused(`patch secrets ${lab}`)],
    ['kubernetes-mcp-server/forbidden/delete', refused(`delete deployments.apps ${lab}`)],
    ['kubernetes-mcp-server/forbidden/pods_delete', refused(`delete pods ${lab}`)],
    ['kubernetes-mcp-server/forbidden/pods_run', refused(`patch pods ${lab}`)],
    ['kubernetes-mcp-server/forbidden/pods_exec', refused(`create pods/exec ${lab}`)],
    ['kubernetes-mcp-server/forbidden/helm_install', refused('get secrets in namespace default')],
    ['kubernetes-mcp-server/forbidden/helm_list', refused(`list secrets ${lab}`)],
  ])('%s', (name, words) => {
    expect(present(name)).toMatchObject({
      ...{ status: 'error', forModel: words },
      forPerson: { kind: 'text', text: words, localized: { code: expect.stringMatching(/^foreign-/) } },
    })
  })

  it('an uninstall that kubernetes-mcp-server calls no error, nor forbidden', () => {
    const { status, forModel } = present('kubernetes-mcp-server/forbidden/helm_uninstall')
    expect(status).toBe('error')
    expect(forModel).toContain('Nothing was uninstalled')
    expect(forModel).toContain('forbidden to list secrets in namespace lab')
  })

  it('from tool and arguments, if the server names neither', () => {
    const args = { name: 'web', namespace: 'shop', replicas: 5 }
    const text = '{"success":false,"message":"Error from server (Forbidden)"}'
    expect(presentText('kubectl_scale', text, { args })).toMatchObject({
      status: 'error',
      forModel: 'Forbidden: the user may not patch deployment/web in namespace shop.\nError from server (Forbidden)',
    })
  })

  it('keeps the words of a refusal that is not about rights', () => {
    const text = 'failed to run: pods "web" is forbidden: exceeded quota: small, requested: pods=1'
    expect(presentText('pods_run', text, { isError: true }).forModel).toBe(`Forbidden: ${text}`)
  })

  it('keeps other errors beside it', () => {
    const text =
      'Error from server (Forbidden): a: pods "x" is forbidden: User "u" cannot create resource "pods" in API group "" in the namespace "a"\nError from server (NotFound): namespaces "b" not found'
    expect(presentText('kubectl_apply', text, { isError: true }).forModel).toBe(
      'Forbidden: the user "u" may not create pods in namespace a.\nError from server (NotFound): namespaces "b" not found',
    )
  })

  it('knows a refused path', () => {
    const text = 'forbidden: User "u" cannot get path "/metrics"'
    expect(presentText('nodes_top', text, { isError: true }).forModel).toBe(
      'Forbidden: the user "u" may not get /metrics.',
    )
  })
})

it('leaves a log that speaks of it alone', () => {
  const text = 'pods is forbidden: User "u" cannot list resource "pods" in API group "" at the cluster scope'
  expect(presentText('pods_log', text)).toMatchObject({ status: 'ok', forModel: text })
})
