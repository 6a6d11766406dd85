/** The operator's Helm settings: program path and allowed chart sources. */
import { problemText, readEnvironment } from '../../../shared/environment/read'
import type { RawEnvironment } from '../../../shared/environment/read'

export interface HelmConfig {
  /** `HELM_PATH`; otherwise `helm` is looked up in PATH. */
  path?: string
  /** `HELM_CHART_SOURCES`. Empty: only charts of existing releases. */
  sources: readonly ChartSource[]
  /** Of this process; the child inherits only some of it. */
  environment: RawEnvironment
}

export type ChartSource =
  /** An https URL of a chart repository. */
  | { kind: 'repository'; url: string }
  /** `oci://registry.example/charts` and everything below it. */
  | { kind: 'registry'; prefix: string }
  /** A folder of charts, or one chart. */
  | { kind: 'folder'; path: string }

/** @throws Error whose message names the setting */
export function readHelmConfig(environment: RawEnvironment): HelmConfig {
  const { environment: set, problems } = readEnvironment(environment, 'mcp')
  const own = problems.filter(({ variable }) => variable.startsWith('HELM_'))
  if (own.length > 0) throw new Error(problemText(own))
  const { HELM_PATH: path, HELM_CHART_SOURCES: sources } = set
  return { ...(path !== undefined && { path }), sources: sources.map(readSource), environment }
}

/** @param text an entry that the schema accepts */
function readSource(text: string): ChartSource {
  if (text.startsWith('oci://')) return { kind: 'registry', prefix: withoutSlash(text) }
  if (text.startsWith('https://')) return { kind: 'repository', url: withoutSlash(text) }
  return { kind: 'folder', path: withoutSlash(text) }
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
