/** What both servers answer to writes, as they answered it: readable, true, and without what the call held in secret. */
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { present, presentText } from './load-fixture'

describe('a write that was done', () => {
  it.each([
    ['mcp-server-kubernetes/write/scale', 'Scaled deployment web to 3 replicas'],
    ['mcp-server-kubernetes/write/apply_created', 'configmap/settings created'],
    ['mcp-server-kubernetes/write/apply_several', 'configmap/settings unchanged\ndeployment.apps/web configured'],
    ['mcp-server-kubernetes/write/patch', 'deployment.apps/web patched'],
    ['mcp-server-kubernetes/write/rollout_restart', 'deployment.apps/web restarted'],
    ['mcp-server-kubernetes/write/delete', 'deployment.apps "web" deleted'],
    ['mcp-server-kubernetes/write/helm_install', "Helm chart 'rel' installed successfully in namespace 'lab'"],
    ['mcp-server-kubernetes/write/helm_upgrade', "Helm chart 'rel' upgraded successfully in namespace 'lab'"],
    ['mcp-server-kubernetes/write/helm_uninstall', "Helm chart 'rel' uninstalled successfully from namespace 'lab'"],
    ['kubernetes-mcp-server/write/helm_uninstall', 'Uninstalled release rel'],
    ['kubernetes-mcp-server/write/delete', 'Deleted: deployment/web in namespace lab.'],
    ['kubernetes-mcp-server/write/pods_delete', 'Deleted: pod/runner2 in namespace lab.'],
  ])('%s', (name, words) => {
    expect(present(name)).toMatchObject({ status: 'ok', forModel: words, forPerson: { kind: 'text', text: words } })
  })

  it.each([
    ['kubernetes-mcp-server/write/scale', 'replicas: 3'],
    ['kubernetes-mcp-server/write/create', 'name: web'],
    ['kubernetes-mcp-server/write/pods_run', 'name: runner2'],
    ['mcp-server-kubernetes/write/create_configmap', 'name: literal'],
    ['mcp-server-kubernetes/write/generic_scale_dryrun', 'name: web'],
  ])('%s is YAML', (name, line) => {
    const result = present(name)
    expect(result).toMatchObject({ status: 'ok', forPerson: { kind: 'yaml' } })
    expect(result.forModel).toContain(line)
  })

  it('of Helm by kubernetes-mcp-server is a table', () => {
    expect(present('kubernetes-mcp-server/write/helm_install')).toMatchObject({
      status: 'ok',
      forPerson: { kind: 'table' },
    })
  })
})

describe('a write that was not done', () => {
  it.each([
    ['mcp-server-kubernetes/write/node_drain_unconfirmed', 'requires explicit confirmation'],
    ['mcp-server-kubernetes/write/scale_statefulset_missing', 'statefulsets.apps "nope" not found'],
    ['mcp-server-kubernetes/write/helm_install_again', 'cannot reuse a name that is still in use'],
    ['mcp-server-kubernetes/write/helm_uninstall_again', 'release: not found'],
    ['mcp-server-kubernetes/write/create_exists', 'already exists'],
    ['mcp-server-kubernetes/write/delete_missing', 'not found'],
    ['kubernetes-mcp-server/write/update_stale', 'the object has been modified'],
    ['kubernetes-mcp-server/write/helm_install_again', 'cannot re-use a name'],
    [
      'kubernetes-mcp-server/write/helm_uninstall_again',
      'Nothing was uninstalled: the release rel was not found in namespace lab.',
    ],
    ['kubernetes-mcp-server/write/scale_missing', 'not found'],
  ])('%s', (name, words) => {
    const result = present(name)
    expect(result.status).toBe('error')
    expect(result.forModel).toContain(words)
  })

  it('reports that a dry run changed nothing, if the server does not', () => {
    expect(present('mcp-server-kubernetes/write/patch_dryrun').forModel).toBe(
      'deployment.apps/web patched (dry run: nothing was changed)',
    )
  })

  it('names the failure if the server has no message', () => {
    const args = { name: 'web', namespace: 'shop' }
    expect(presentText('kubectl_scale', '{"success":false}', { args })).toMatchObject({
      status: 'error',
      forModel:
        'kubectl_scale of deployment/web in namespace shop failed, and the server does not say why: {"success":false}',
    })
  })

  it('does not repeat the command line, which holds the values of the call', () => {
    const result = present('mcp-server-kubernetes/write/create_exists')
    expect(result.forModel).not.toContain('kubectl create')
  })
})

describe.each([
  'kubernetes-mcp-server/write',
  'kubernetes-mcp-server/forbidden',
  'mcp-server-kubernetes/write',
  'mcp-server-kubernetes/forbidden',
])('every answer of %s', (folder) => {
  const names = readdirSync(new URL(`./fixtures/${folder}`, import.meta.url)).map((file) => file.replace('.json', ''))

  it.each(names)('%s holds none of the secrets of its call, plain or in base64', (name) => {
    const text = JSON.stringify(present(`${folder}/${name}`))
    expect(text).not.toContain('canary-lab-pw')
    expect(text).not.toContain(Buffer.from('canary-lab-pw').toString('base64').replace(/=+$/, ''))
  })
})
