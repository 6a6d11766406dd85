/**
 * @param base address of the page
 * @returns URL of the server's WebSocket, also behind a proxy with a path prefix
 */
export function socketUrl(base: string): string {
  const url = new URL('api/ws', base)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.hash = ''
  return url.href
}
