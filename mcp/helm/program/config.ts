/** The operator's Helm settings: program path and allowed chart sources. */
import { isAbsolute } from 'node:path'

export interface HelmConfig {
  /** `HELM_PATH`; otherwise `helm` is looked up in PATH. */
  path?: string
  /** `HELM_CHART_SOURCES`. Empty: only charts of existing releases. */
  sources: readonly ChartSource[]
  /** Of this process; the child inherits only some of it. */
  environment: Readonly<Record<string, string | undefined>>
}

export type ChartSource =
  /** An https URL of a chart repository. */
  | { kind: 'repository'; url: string }
  /** `oci://registry.example/charts` and everything below it. */
  | { kind: 'registry'; prefix: string }
  /** A folder of charts, or one chart. */
  | { kind: 'folder'; path: string }

/** @throws Error whose message names the setting */
export function readHelmConfig(environment: HelmConfig['environment']): HelmConfig {
  const path = environment.HELM_PATH?.trim()
  const sources = (environment.HELM_CHART_SOURCES ?? '').split(',').map((each) => each.trim())
  return {
    ...(path ? { path } : {}),
    sources: sources.filter((each) => each !== '').map(readSource),
    environment,
  }
}

function readSource(text: string): ChartSource {
  if (text.startsWith('oci://') && URL.canParse(text)) return { kind: 'registry', prefix: withoutSlash(text) }
  if (isAbsolute(text)) return { kind: 'folder', path: withoutSlash(text) }
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'https:' && url.username === '' && url.password === '')
    return { kind: 'repository', url: withoutSlash(text) }
  throw new Error(
    `HELM_CHART_SOURCES: "${text.replace(/\/\/[^/@]*@/, '//')}" is neither an https:// URL without credentials, nor an oci:// address, nor an absolute path.`,
  )
}

/** The source as messages name it. */
export function sourceText(source: ChartSource): string {
  switch (source.kind) {
    case 'repository':
      return source.url
    case 'registry':
      return source.prefix
    case 'folder':
      return source.path
  }
}

function withoutSlash(text: string): string {
  return text.length > 1 ? text.replace(/\/+$/, '') : text
}
