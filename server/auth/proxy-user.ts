/** The user named by a trusted proxy. */
import { BlockList, isIP, isIPv6 } from 'node:net'

const MAX_NAME_LENGTH = 200
const MAX_GROUPS = 500

/** @param entries valid addresses and ranges */
export function peerList(entries: readonly string[]): BlockList {
  const peers = new BlockList()
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/')
    const isV6 = isIP(address) === 6
    peers.addSubnet(address, prefix === undefined ? (isV6 ? 128 : 32) : Number(prefix), isV6 ? 'ipv6' : 'ipv4')
  }
  return peers
}

/** @param address remote address; IPv4 may come as `::ffff:10.0.0.1` */
export function isPeer(address: string | undefined, peers: BlockList): boolean {
  if (!address) return false
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return peers.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
}

/**
 * @param value the header as Node reads it: bytes as Latin-1, several headers joined by commas
 * @returns undefined unless it is a single name in plain characters
 */
export function readProxyUser(value: string | undefined): string | undefined {
  const name = decodeUtf8(value ?? '')?.trim()
  if (!name || name.length > MAX_NAME_LENGTH) return undefined
  // Control and format characters make names look alike; a comma separates several names.
  return /[\p{C}\p{Zl}\p{Zp},]/u.test(name) ? undefined : name
}

/** @param value as above; several groups are separated by commas, as by oauth2-proxy */
export function readProxyGroups(value: string | undefined): string[] {
  const text = decodeUtf8(value ?? '') ?? ''
  return text
    .split(',')
    .map((group) => group.trim())
    .filter((group) => group !== '' && group.length <= MAX_NAME_LENGTH && !/[\p{C}\p{Zl}\p{Zp}]/u.test(group))
    .slice(0, MAX_GROUPS)
}

function decodeUtf8(latin1: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'))
  } catch {
    return undefined
  }
}
