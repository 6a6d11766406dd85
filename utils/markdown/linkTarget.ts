/**
 * Where a link of a model leads, as the browser will open it: its host in ASCII, so that `аpple.com` in Cyrillic reads
 * `xn--pple-43d.com`, and numbers as the address they are. Undefined for all that is no link here: another scheme than http
 * and https, and credentials before the host, which make `https://bank.example@evil.example` look like the bank's.
 */
export function linkTarget(url: string): string | undefined {
  if (!/^https?:\/\/[^/]/i.test(url.trim()) || !URL.canParse(url)) return undefined
  const { username, password, protocol, hostname, href } = new URL(url)
  if (username !== '' || password !== '' || !/^https?:$/.test(protocol) || hostname === '') return undefined
  // An empty pair of them too, `https://@evil.example`, and what only some readers of URLs take for a slash.
  return /^[^/]*:\/\/[^/?#]*[@\\]/.test(url.trim()) ? undefined : href
}
