/** Host names in logs and configuration, and the Services that they name. */
import { listAt, textAt } from '../../shared/kubernetes/fields'
import type { Ref } from './types'
import type { World } from './world/world'

const NAME = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const HOST = `${NAME}(?:\\.${NAME})*`

/** Places of a host in an error message. */
const IN_LOG = [
  new RegExp(`\\b[a-z][a-z0-9+]*://(?:[^\\s/@]*@)?(${HOST})`, 'g'),
  new RegExp(`\\blookup (${HOST})`, 'g'),
  new RegExp(`\\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT) (${HOST})`, 'g'),
  new RegExp(`\\b(?:host name|hostname|host|server at|address|UnknownHostException)[:=]? ?["'\`]?(${HOST})`, 'gi'),
  new RegExp(`(?<![\\w./-])(${HOST}):\\d{2,5}\\b`, 'g'),
  new RegExp(`\\b(${NAME}(?:\\.${NAME})?\\.svc(?:\\.${NAME})*)\\b`, 'g'),
]

/** Words that follow "host" in sentences. */
const NO_HOSTS = new Set([
  'localhost',
  'name',
  'not',
  'is',
  'to',
  'in',
  'by',
  'the',
  'a',
  'for',
  'and',
  'of',
  'or',
  'at',
])

export function hostsInLog(line: string): string[] {
  const found = IN_LOG.flatMap((pattern) => [...line.matchAll(pattern)].map(([, host = '']) => host.toLowerCase()))
  return [...new Set(found)].filter((host) => !NO_HOSTS.has(host) && !isTime(host))
}

/** `50` of `07:50:26Z` looks like a host with a port, and so does `2026-11-30t07`. An address has dots. */
function isTime(host: string): boolean {
  return /^(?:\d{4}-\d\d-\d\dt)?\d+$/.test(host)
}

const URL_HOST = new RegExp(`^[a-z][a-z0-9+:]*://(?:[^\\s/@]*@)?(${HOST})(?::\\d+)?(?:[/?,]|$)`, 'i')
const HOST_PORT = new RegExp(`^(${HOST}):\\d{1,5}$`, 'i')
const PLAIN = new RegExp(`^(${HOST})$`, 'i')
const HOST_VARIABLE = /(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER|ENDPOINT|URL|URI|SERVICE|BROKERS?)$/i

/** The host that a variable or key of a configuration names; undefined if it names none. */
export function hostOfValue(name: string, value: string): string | undefined {
  const text = value.trim()
  const host =
    URL_HOST.exec(text)?.[1] ??
    HOST_PORT.exec(text)?.[1] ??
    (HOST_VARIABLE.test(name) ? PLAIN.exec(text)?.[1] : undefined)
  if (host === undefined || /^[\d.]+$/.test(host) || host.toLowerCase() === 'localhost') return undefined
  return host.toLowerCase()
}

export interface Address {
  host: string
  port: number
}

const ADDRESS = new RegExp(`(?<![\\w./-])(?:[a-z][a-z0-9+]*://(?:[^\\s/@]*@)?)?(${HOST}):(\\d{2,5})\\b`, 'g')

/** `db:5432`, `10.96.0.7:5432`, `http://cart:8080/x`. */
export function addressesInLog(line: string): Address[] {
  return [...line.matchAll(ADDRESS)]
    .map(([, host = '', port]) => ({ host: host.toLowerCase(), port: Number(port) }))
    .filter(({ host }) => !isTime(host))
}

/** The address that a value is or begins with, e.g. a URL with a port. */
export function addressOfValue(value: string): Address | undefined {
  const text = value.trim()
  const isAddress = /^[a-z][a-z0-9+:]*:\/\//i.test(text) || HOST_PORT.test(text)
  return isAddress ? addressesInLog(text)[0] : undefined
}

/**
 * The Service that a host names: `db`, `db.shop`, `db.shop.svc`, `db.shop.svc.cluster.local`, or its cluster IP.
 * @param namespace of the pod that uses the host
 * @returns undefined for hosts outside the cluster; a Service that may not exist only for names that cannot be others
 */
export function serviceOfHost(world: World, host: string, namespace: string | undefined): Ref | undefined {
  const [name = '', second, third, ...rest] = host.split('.')
  if (/^[\d.]+$/.test(host)) return serviceOfAddress(world, host)
  if (third === 'svc' && (rest.length === 0 || rest.length >= 2)) return { kind: 'Service', namespace: second, name }
  const inNamespace = second === undefined ? namespace : second
  const ref = { kind: 'Service', namespace: inNamespace, name }
  if (third === undefined && world.find(ref)) return ref
  // A pod of a StatefulSet: db-0.db
  if (second !== undefined && third === undefined) {
    const headless = { kind: 'Service', namespace, name: second }
    if (world.find(headless)) return headless
  }
  return undefined
}

function serviceOfAddress(world: World, address: string): Ref | undefined {
  const service = world
    .list('Service')
    .find(
      (each) => textAt(each, 'spec', 'clusterIP') === address || listAt(each, 'spec', 'clusterIPs').includes(address),
    )
  return service && { kind: 'Service', namespace: service.metadata.namespace, name: service.metadata.name }
}

/** A host that only a Service of this cluster can have, and that none has. Undefined if it is another host, or unknown. */
export function missingService(world: World, host: string, namespace: string | undefined): Ref | undefined {
  const ref = serviceOfHost(world, host, namespace)
  return ref && world.isMissing(ref) && !isPodHost(world, host, namespace) ? ref : undefined
}

/** `db-0.db.shop.svc.cluster.local`: the second part is the Service. */
function isPodHost(world: World, host: string, namespace: string | undefined): boolean {
  const [, second, third] = host.split('.')
  return (
    second !== undefined && world.find({ kind: 'Service', namespace: third ?? namespace, name: second }) !== undefined
  )
}
