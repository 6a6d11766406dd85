import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf, startTestCluster, type TestCluster } from './client'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await startTestCluster()
})
afterAll(() => cluster.close())

const MAPS = '/api/v1/namespaces/shop/configmaps'
const ONE = `${MAPS}/web-config`
const DEPLOYMENTS = '/apis/apps/v1/namespaces/shop/deployments'
const JSON_TYPE = 'application/json'
const MERGE = 'application/merge-patch+json'
const JSON_PATCH = 'application/json-patch+json'
const APPLY = 'application/apply-patch+yaml'
const PROTOBUF = 'application/vnd.kubernetes.protobuf'

const deep = (open: string, close: string) => open.repeat(20_000) + close.repeat(20_000)
const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x, x]',
  ...'bcdefgh'.split('').map((name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[at]}`).join(', ')}]`),
].join('\n')

describe('bodies that no object can be made of', () => {
  it.each([
    ['no JSON', 'POST', MAPS, JSON_TYPE, '{', 400],
    ['a list', 'POST', MAPS, JSON_TYPE, '[]', 400],
    ['a number', 'PUT', ONE, JSON_TYPE, '7', 400],
    ['nothing', 'POST', MAPS, JSON_TYPE, '', 400],
    ['no YAML', 'PATCH', `${ONE}?fieldManager=t`, APPLY, 'a: [', 400],
    ['a YAML bomb', 'PATCH', `${ONE}?fieldManager=t`, APPLY, bomb, 400],
    ['a text in YAML', 'PATCH', `${ONE}?fieldManager=t`, APPLY, 'just words', 400],
    ['JSON without end', 'POST', MAPS, JSON_TYPE, deep('[', ']'), 400],
    ['objects without end', 'POST', MAPS, JSON_TYPE, `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, 400],
    ['YAML without end', 'PATCH', `${ONE}?fieldManager=t`, APPLY, deep('[', ']'), 400],
    ['another type', 'POST', MAPS, 'text/plain', 'a', 415],
    ['a patch of another type', 'PATCH', ONE, JSON_TYPE, '{}', 415],
    ['no protobuf', 'POST', MAPS, PROTOBUF, 'k8s', 400],
    ['protobuf of another kind', 'POST', DEPLOYMENTS, PROTOBUF, 'k8s\0\n\x0c\n\x02v1\x12\x06Widget', 415],
    ['too large', 'POST', MAPS, JSON_TYPE, ' '.repeat(3 * 1024 * 1024 + 1), 413],
    ['of another kind', 'POST', MAPS, JSON_TYPE, '{"kind":"Secret","metadata":{"name":"x"}}', 400],
    ['of another version', 'POST', MAPS, JSON_TYPE, '{"apiVersion":"v2","metadata":{"name":"x"}}', 400],
    ['of another name', 'PUT', ONE, JSON_TYPE, '{"metadata":{"name":"x"}}', 400],
    ['of another namespace', 'POST', MAPS, JSON_TYPE, '{"metadata":{"name":"x","namespace":"payments"}}', 400],
    ['of no valid name', 'POST', MAPS, JSON_TYPE, '{"metadata":{"name":"../x"}}', 422],
    ['with a number for a text', 'POST', MAPS, JSON_TYPE, '{"metadata":{"name":"x"},"data":{"a":1}}', 422],
    [
      'with data that is not base64',
      'POST',
      MAPS.replace('configmaps', 'secrets'),
      JSON_TYPE,
      '{"metadata":{"name":"x"},"data":{"a":"?"}}',
      422,
    ],
    ['with labels that are none', 'POST', MAPS, JSON_TYPE, '{"metadata":{"name":"x","labels":[1]}}', 422],
    ['with a spec that is none', 'POST', DEPLOYMENTS, JSON_TYPE, '{"metadata":{"name":"x"},"spec":[]}', 422],
    ['a dry run of a part', 'POST', `${MAPS}?dryRun=Some`, JSON_TYPE, '{"metadata":{"name":"x"}}', 400],
    ['DeleteOptions that are none', 'DELETE', ONE, JSON_TYPE, '{"dryRun":"All"}', 400],
    ['a JSON patch that is none', 'PATCH', ONE, JSON_PATCH, '{"op":"add"}', 400],
    ['an operation that is none', 'PATCH', ONE, JSON_PATCH, '[{"op":"frob","path":"/a"}]', 400],
    ['a pointer that is none', 'PATCH', ONE, JSON_PATCH, '[{"op":"remove","path":"data"}]', 400],
    ['a pointer to nothing', 'PATCH', ONE, JSON_PATCH, '[{"op":"remove","path":"/data/none"}]', 422],
    ['a test that fails', 'PATCH', ONE, JSON_PATCH, '[{"op":"test","path":"/data/THEME","value":"x"}]', 422],
    ['a patch to no object', 'PATCH', ONE, JSON_PATCH, '[{"op":"replace","path":"","value":[]}]', 400],
    ['a patch that takes the data away from its kind', 'PATCH', ONE, MERGE, '{"data":"x"}', 422],
  ])('%s: %s %s is refused with a Status', async (_what, method, path, type, body, code) => {
    const before = await cluster.get(ONE)
    expect((await cluster.refusal(path, { method, ...bodyOf(body, type) })).code).toBe(code)
    expect(await cluster.get(ONE)).toEqual(before)
  })
})

describe('writes that are not served', () => {
  it.each([
    ['PUT', MAPS, 405],
    ['POST', ONE, 405],
    ['PUT', `${DEPLOYMENTS}/web/status`, 405],
    ['DELETE', `${DEPLOYMENTS}/web/scale`, 405],
    ['DELETE', '/api/v1/nodes/demo-worker-1', 405],
    ['PUT', '/api/v1/namespaces/shop/endpoints/web', 405],
    ['POST', '/api/v1/namespaces/shop/events', 405],
    ['POST', '/api/v1/configmaps', 405],
    ['POST', '/apis/no.such.group/v1/namespaces/shop/things', 404],
    ['PUT', `${MAPS}/none`, 404],
    ['PATCH', `${DEPLOYMENTS}/none/scale`, 404],
    ['DELETE', `${MAPS}/none`, 404],
  ])('%s %s is a %i', async (method, path, code) => {
    const type = method === 'PATCH' ? MERGE : JSON_TYPE
    expect((await cluster.refusal(path, { method, ...bodyOf({}, type) })).code).toBe(code)
  })
})

describe('keys that JavaScript knows', () => {
  it.each(['__proto__', 'constructor', 'toString'])('%s is a key like another', async (key) => {
    const body = `{"metadata":{"name":"keys-${key.replaceAll('_', '').toLowerCase()}"},"data":{"${key}":"x"}}`
    await cluster.write('POST', MAPS, body)
    await cluster.write('PATCH', ONE, `{"data":{"${key}":"x"}}`, MERGE)
    await cluster.write('PATCH', ONE, `[{"op":"add","path":"/data/${key}","value":"y"}]`, JSON_PATCH)
    expect(Object.hasOwn({}, 'x')).toBe(false)
    expect(await cluster.get('/api/v1/namespaces/payments/configmaps/api-config')).not.toHaveProperty('x')
  })
})
