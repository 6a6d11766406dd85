/** The user as a trusted proxy names them. */
import { BlockList, isIP, isIPv6 } from 'node:net'

const MAX_NAME_LENGTH = 200

/** @param entries addresses and ranges that are valid */
export function peerList(entries: readonly string[]): BlockList {
  const peers = new BlockList()
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/')
    const isV6 = isIP(address) === 6
    peers.addSubnet(address, prefix === undefined ? (isV6 ? 128 : 32) : Number(prefix), isV6 ? 'ipv6' : 'ipv4')
  }
  return peers
}

/** @param address of the connection's other end; IPv4 may come as `::ffff:10.0.0.1` */
export function isPeer(address: string | undefined, peers: BlockList): boolean {
  if (!address) return false
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return peers.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
}

/**
 * @param value of the header as Node reads it: bytes as Latin-1, several headers joined by commas
 * @returns undefined where it is not one name in plain characters: then nobody knows whom the proxy meant
 */
export function readProxyUser(value: string | undefined): string | undefined {
  const name = decodeUtf8(value ?? '')?.trim()
  if (!name || name.length > MAX_NAME_LENGTH) return undefined
  // Control and format characters can make one name look like another; a comma stands between several.
  return /[\p{C}\p{Zl}\p{Zp},]/u.test(name) ? undefined : name
}

function decodeUtf8(latin1: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'))
  } catch {
    return undefined
  }
}
