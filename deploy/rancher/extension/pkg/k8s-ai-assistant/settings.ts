/** Where the assistant is: the defaults of its chart, or what the metadata of our UIPlugin object says. */
import { NAME } from './names'
import { valueAt } from './rancher'

/** Keys below `k8s-ai-assistant/` in `spec.plugin.metadata`, with the values they may have. */
const SETTINGS = {
  cluster: { fallback: 'local', pattern: /^[a-z0-9][-a-z0-9]{0,62}$/ },
  namespace: { fallback: 'k8s-ai-assistant', pattern: /^[a-z0-9][-a-z0-9]{0,62}$/ },
  service: { fallback: 'k8s-ai-assistant', pattern: /^[a-z][-a-z0-9]{0,62}$/ },
  port: { fallback: '8005', pattern: /^[a-z0-9][-a-z0-9]{0,14}$/ },
  scheme: { fallback: 'http', pattern: /^https?$/ },
}

let found: Promise<URL> | undefined

/** The address of the page, read once: `<key>` wins over the default, and `url` over all, for a frame elsewhere. */
export function assistantUrl(): Promise<URL> {
  return (found ??= readMetadata().then((metadata) => urlOf(metadata, window.location.origin)))
}

/** Developers load the extension without a UIPlugin object: then there is no metadata. */
async function readMetadata(): Promise<unknown> {
  try {
    const response = await fetch('/v1/uiplugins', { headers: { accept: 'application/json' } })
    return valueAt(await response.json(), 'entries', NAME, 'metadata')
  } catch {
    return undefined
  }
}

/**
 * @param origin of Rancher
 * @throws TypeError if `url` is set and invalid
 */
export function urlOf(metadata: unknown, origin: string): URL {
  const url = valueAt(metadata, `${NAME}/url`)
  if (typeof url === 'string') return webAddress(url, origin)
  const value = (key: keyof typeof SETTINGS): string => {
    const { fallback, pattern } = SETTINGS[key]
    const chosen = valueAt(metadata, `${NAME}/${key}`)
    return typeof chosen === 'string' && pattern.test(chosen) ? chosen : fallback
  }
  const service = `${value('scheme')}:${value('service')}:${value('port')}`
  const path = `/k8s/clusters/${value('cluster')}/api/v1/namespaces/${value('namespace')}/services/${service}/proxy/`
  return new URL(path, origin)
}

function webAddress(text: string, origin: string): URL {
  const url = new URL(text, origin)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new TypeError(`${NAME}/url: not a web address`)
  return url
}
