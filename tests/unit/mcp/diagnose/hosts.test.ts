import { describe, expect, it } from 'vitest'
import { addressesInLog, hostOfValue, hostsInLog, missingService, serviceOfHost } from '../../../../mcp/diagnose/hosts'
import { sampleWorld } from '../../../support/diagnose/sample-world'

const world = sampleWorld(`
- {kind: Service, metadata: {name: db, namespace: a}, spec: {clusterIP: 10.96.0.7}}
- {kind: Service, metadata: {name: cache, namespace: b}, spec: {}}`)

describe('hosts in log lines', () => {
  it.each([
    ['dial tcp: lookup redis on 10.96.0.10:53: no such host', 'redis'],
    ['Error: getaddrinfo ENOTFOUND rediss', 'rediss'],
    ['could not translate host name "db.a" to address', 'db.a'],
    ['java.net.UnknownHostException: kafka-0.kafka', 'kafka-0.kafka'],
    ['connection to server at "db" (10.0.0.1), port 5432 failed', 'db'],
    ['GET http://cart.shop.svc.cluster.local:8080/x failed', 'cart.shop.svc.cluster.local'],
    ['dial tcp 10.96.0.7:5432: connect: connection refused', '10.96.0.7'],
  ])('%s', (line, host) => {
    expect(hostsInLog(line)).toContain(host)
  })

  it.each([
    '2026-11-30T07:50:26.103Z ERROR cannot reach redis at redis.shop.svc.cluster.local:6379: connection refused',
    '2026-11-30t07:50:26z error cannot reach redis at redis.shop.svc.cluster.local:6379: connection refused',
    '[07:50:26] cannot reach redis.shop.svc.cluster.local:6379: connection refused',
  ])('are not the time of %s', (line) => {
    expect(hostsInLog(line)).toEqual(['redis.shop.svc.cluster.local'])
    expect(addressesInLog(line)).toEqual([{ host: 'redis.shop.svc.cluster.local', port: 6379 }])
  })
})

describe('hosts of variables', () => {
  it.each([
    ['DB_URL', 'postgres://user:word@db.a:5432/x', 'db.a'],
    ['REDIS', 'redis:6379', 'redis'],
    ['DB_HOST', 'db', 'db'],
    ['MODE', 'fast', undefined],
    ['LOCAL_URL', 'http://localhost:80', undefined],
    ['BIND_ADDR', '0.0.0.0', undefined],
  ])('%s=%s', (name, value, host) => {
    expect(hostOfValue(name, value)).toBe(host)
  })
})

describe('the Service of a host', () => {
  it.each([
    ['db', { kind: 'Service', namespace: 'a', name: 'db' }],
    ['cache.b', { kind: 'Service', namespace: 'b', name: 'cache' }],
    ['db.a.svc.cluster.local', { kind: 'Service', namespace: 'a', name: 'db' }],
    ['10.96.0.7', { kind: 'Service', namespace: 'a', name: 'db' }],
    ['db.example.com', undefined],
    ['oracle01', undefined],
  ])('%s', (host, ref) => {
    expect(serviceOfHost(world, host, 'a')).toEqual(ref)
  })

  it('is missing only for names that nothing else can have', () => {
    expect(missingService(world, 'gone.a.svc', 'a')?.name).toBe('gone')
    expect(missingService(world, 'gone', 'a')).toBeUndefined()
    expect(missingService(world, 'db.a.svc', 'a')).toBeUndefined()
  })
})
