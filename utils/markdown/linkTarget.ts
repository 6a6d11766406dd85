/**
 * The real target of a model's link: host in ASCII, so that `аpple.com` in Cyrillic reads `xn--pple-43d.com`, and
 * numeric addresses normalised. Undefined for schemes other than http and https and for URLs with credentials, such as
 * `https://bank.example@evil.example`.
 */
export function linkTarget(url: string): string | undefined {
  if (!/^https?:\/\/[^/]/i.test(url.trim()) || !URL.canParse(url)) return undefined
  const { username, password, protocol, hostname, href } = new URL(url)
  if (username !== '' || password !== '' || !/^https?:$/.test(protocol) || hostname === '') return undefined
  // Also empty credentials, `https://@evil.example`, and backslashes, which some URL parsers treat as slashes.
  return /^[^/]*:\/\/[^/?#]*[@\\]/.test(url.trim()) ? undefined : href
}
