import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { kubectlCommand } from '../../../../mcp/changes/command/kubectl'
import { inputOf, withInput } from '../../../../mcp/changes/command/shell'
import { commandLine } from '../../../../shared/text/shell'
import { readManifest } from '../../../../mcp/changes/manifest'
import type { Operation } from '../../../../mcp/changes/types'

const shell = (script: string) => execFileSync('sh', ['-c', script], { encoding: 'utf8' })

const web = {
  verb: 'update',
  resource: {
    ...{ group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments', singular: 'deployment' },
    ...{ shortNames: [], namespaced: true, verbs: [] },
  },
  ...{
    namespace: 'shop',
    name: 'web',
    method: 'PATCH',
    path: '/x',
    query: {},
    live: undefined,
    assigned: [],
    notes: [],
  },
  contentType: 'application/merge-patch+json',
  body: { spec: { replicas: 3 } },
} satisfies Operation
const staging = { server: 'https://api', name: 'staging', context: 'ops@staging' }

describe('a command for a shell', () => {
  it.each(["it's", 'a b', '$HOME', '`id`', '*', '', 'a"b', 'x\ny', '!history', '\\', '--flag={"a":1}', 'NAME=value'])(
    'passes the word %j on as it is',
    (word) => {
      expect(
        JSON.parse(shell(`node -p 'JSON.stringify(process.argv.slice(1))' -- ${commandLine([word, 'end'])}`)),
      ).toEqual([word, 'end'])
    },
  )

  it.each(['a: 1', 'a: $HOME `id` \\', 'EOF', 'EOF\nEOF_', 'a: |\n  EOF'])(
    'passes the input %j on as it is',
    (text) => {
      expect(shell(withInput('cat', text))).toBe(`${text}\n`)
    },
  )

  it('writes values as Kubernetes reads them, in any form', () => {
    const data = Object.fromEntries(
      [
        'yes',
        'NO',
        'on',
        '~',
        'null',
        '0644',
        '0x1F',
        '1e3',
        '1_000',
        '12:30:45',
        '2026-01-02',
        '.inf',
        '<<',
        '',
        ' x ',
      ]
        .concat(['---', 'a\n--- b\n', 'line\n\n', '# no', '@x', '1.0', '\tx', 'é\u00a0'])
        .map((value, at) => [`k${at}`, value]),
    )
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data }
    expect(readManifest(inputOf(object), { mayGenerateName: false }).map((each) => each.object)).toEqual([object])
  })
})

const commandOf = (operations: Operation[], words?: string[], paths: (string | number)[][] = []) => {
  const changes = paths.map((path) => ({ path, before: 1, after: 2, order: [] }))
  return kubectlCommand(
    operations.map((operation) => ({ operation, changes })),
    words,
    staging,
  )
}

describe('a change as a kubectl command', () => {
  it('names namespace and context', () => {
    expect(commandOf([web], ['scale', 'deployment/web', '--replicas=3'])).toBe(
      'kubectl scale deployment/web --replicas=3 --namespace=shop --context=ops@staging',
    )
  })

  it('is a patch of one line, or of several if it is long', () => {
    expect(kubectlCommand([{ operation: web, changes: [] }], undefined, { ...staging, context: undefined })).toBe(
      `kubectl patch deployment/web --type=merge '--patch={"spec":{"replicas":3}}' --namespace=shop`,
    )
    const body = { metadata: { annotations: { note: 'x'.repeat(200) } } }
    expect(commandOf([{ ...web, body }])?.split('\n')).toEqual([
      'kubectl patch deployment/web --type=merge --patch-file=/dev/stdin --namespace=shop --context=ops@staging ' +
        "<<'EOF'",
      'metadata:',
      '  annotations:',
      `    note: ${'x'.repeat(200)}`,
      'EOF',
    ])
  })

  it('gives a manifest as input', () => {
    const body = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } }
    const create = { ...web, verb: 'create', method: 'POST', contentType: 'application/json', body } satisfies Operation
    expect(commandOf([create])).toContain('kubectl create --filename=- --namespace=shop')
    const apply = { ...create, method: 'PATCH', contentType: 'application/apply-patch+yaml' } satisfies Operation
    expect(commandOf([apply])).toContain('kubectl apply --server-side --filename=- ')
  })

  it('names the group of a kind that is not built in', () => {
    const resource = { ...web.resource, group: 'example.com', kind: 'Gadget', plural: 'gadgets' }
    expect(commandOf([{ ...web, resource }])).toContain('patch gadgets.example.com/web')
  })

  it('is absent if no command is equivalent', () => {
    expect(commandOf([web, web])).toBeUndefined()
  })
})
