/** @param base address of the page @returns where the server's WebSocket is, also behind a proxy that adds a prefix. */
export function socketUrl(base: string): string {
  const url = new URL('api/ws', base)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.hash = ''
  return url.href
}
