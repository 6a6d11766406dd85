/** What both servers answer to a user who may only look, as they answered it. */
import { describe, expect, it } from 'vitest'
import { present, presentText } from './load-fixture'

const refused = (what: string): string => `Forbidden: the user "viewer" may not ${what}.`
const lab = 'in namespace lab'

describe('a refused call names verb and resource', () => {
  it.each([
    ['flux/forbidden/scale', refused(`patch deployments.apps/scale ${lab}`)],
    ['flux/forbidden/generic_scale_dryrun', refused(`patch deployments.apps/scale ${lab}`)],
    ['flux/forbidden/apply_created', refused(`patch configmaps ${lab}`)],
    ['flux/forbidden/apply_configured', refused(`patch configmaps ${lab}`)],
    [
      'flux/forbidden/apply_several',
      `${refused(`patch configmaps ${lab}`)}\n${refused(`patch deployments.apps ${lab}`)}`,
    ],
    ['flux/forbidden/create_manifest', refused(`create deployments.apps ${lab}`)],
    ['flux/forbidden/create_configmap', refused(`create configmaps ${lab}`)],
    ['flux/forbidden/create_secret', refused(`create secrets ${lab}`)],
    ['flux/forbidden/create_namespace', refused('create namespaces in the whole cluster')],
    ['flux/forbidden/patch', refused(`patch deployments.apps ${lab}`)],
    ['flux/forbidden/rollout_restart', refused(`patch deployments.apps ${lab}`)],
    ['flux/forbidden/delete', refused(`delete deployments.apps ${lab}`)],
    ['flux/forbidden/delete_namespace', refused(`delete namespaces ${lab}`)],
    ['flux/forbidden/node_cordon', refused('get nodes in the whole cluster')],
    ['flux/forbidden/helm_install', refused(`get secrets ${lab}`)],
    ['flux/forbidden/helm_template', refused('create namespaces in the whole cluster')],
    ['flux/forbidden/helm_upgrade', refused(`list secrets ${lab}`)],
    ['flux/forbidden/helm_uninstall', refused(`list secrets ${lab}`)],
    ['cont/forbidden/scale', refused(`update deployments.apps/scale ${lab}`)],
    ['cont/forbidden/create', refused(`patch deployments.apps ${lab}`)],
    ['cont/forbidden/create_secret', refused(`patch secrets ${lab}`)],
    ['cont/forbidden/delete', refused(`delete deployments.apps ${lab}`)],
    ['cont/forbidden/pods_delete', refused(`delete pods ${lab}`)],
    ['cont/forbidden/pods_run', refused(`patch pods ${lab}`)],
    ['cont/forbidden/pods_exec', refused(`create pods/exec ${lab}`)],
    ['cont/forbidden/helm_install', refused('get secrets in namespace default')],
    ['cont/forbidden/helm_list', refused(`list secrets ${lab}`)],
  ])('%s', (name, words) => {
    expect(present(name)).toEqual({ status: 'error', forModel: words, forPerson: { kind: 'text', text: words } })
  })

  it('an uninstall that kubernetes-mcp-server calls no error, nor forbidden', () => {
    const { status, forModel } = present('cont/forbidden/helm_uninstall')
    expect(status).toBe('error')
    expect(forModel).toContain('Nothing was uninstalled')
    expect(forModel).toContain('forbidden to list secrets in namespace lab')
  })

  it('from tool and arguments, where the server says neither', () => {
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
