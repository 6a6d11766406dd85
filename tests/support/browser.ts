/** A browser without pages: it keeps cookies by host and follows redirects. */
import { Agent, request } from 'undici'

export interface Visited {
  url: string
  status: number
  body: string
}

const MAX_REDIRECTS = 20

export class Browser {
  private readonly agent: Agent
  private readonly cookies = new Map<string, Map<string, string>>()

  /** @param ca trusted, in PEM */
  constructor(private readonly ca: string) {
    this.agent = new Agent({ connect: { ca } })
  }

  /** The same cookies in another browser. */
  copy(): Browser {
    const other = new Browser(this.ca)
    for (const [host, jar] of this.cookies) other.cookies.set(host, new Map(jar))
    return other
  }

  cookiesFor(url: string): string {
    const jar = this.cookies.get(new URL(url).host) ?? new Map<string, string>()
    return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  open(url: string, { follow = true }: { follow?: boolean } = {}): Promise<Visited> {
    return this.visit('GET', url, undefined, follow ? MAX_REDIRECTS : 0)
  }

  submit(url: string, fields: Record<string, string>): Promise<Visited> {
    return this.visit('POST', url, new URLSearchParams(fields).toString(), MAX_REDIRECTS)
  }

  private async visit(
    method: 'GET' | 'POST',
    url: string,
    form: string | undefined,
    redirects: number,
  ): Promise<Visited> {
    const cookie = this.cookiesFor(url)
    const { statusCode, headers, body } = await request(url, {
      method,
      dispatcher: this.agent,
      headers: {
        accept: 'text/html',
        ...(cookie && { cookie }),
        ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form !== undefined && { body: form }),
    })
    this.keep(url, [headers['set-cookie'] ?? []].flat())
    const text = await body.text()
    const { location } = headers
    if (statusCode < 300 || statusCode >= 400 || typeof location !== 'string' || redirects === 0)
      return { url, status: statusCode, body: text }
    return await this.visit('GET', new URL(location, url).href, undefined, redirects - 1)
  }

  private keep(url: string, lines: readonly string[]): void {
    const { host } = new URL(url)
    const jar = this.cookies.get(host) ?? new Map<string, string>()
    this.cookies.set(host, jar)
    for (const line of lines) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
      if (value === '' || /max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
  }
}
