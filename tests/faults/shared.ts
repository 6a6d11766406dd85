/** Links that several faults use one after the other: each leaves it working, as its recovery has shown. */
import { openClusterLink } from './link'
import type { ClusterLink } from './link'
import type { Way } from './servers'

const open = new Map<string, Promise<ClusterLink>>()

export function sharedLink(way: Way): Promise<ClusterLink> {
  const link = open.get(way.transport) ?? openClusterLink(way)
  open.set(way.transport, link)
  return link
}

export async function closeSharedLinks(): Promise<void> {
  const links = [...open.values()]
  open.clear()
  for (const link of links) await (await link.catch(() => undefined))?.close()
}
