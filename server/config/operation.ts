/** Ports beside the main one, and traces: `METRICS_*`, `EXTENSION_PORT`, `OTEL_*`. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RawEnvironment } from '#shared/environment/read'
import type { Environment } from '#shared/environment/schema'
import type { Problems } from './problems'

export interface Address {
  host: string
  port: number
}

export interface OperationConfig {
  /** Absent: no metrics. */
  metrics?: Address
  /** Absent: the extension's files are not served. */
  extension?: Address & { /** With `files.txt` and `plugin/`. */ folder: string }
  /** OpenTelemetry's own variables name the collector. */
  traces: boolean
}

/** Relative to the built server: in the archive, and after a build of the extension in the repository. */
const EXTENSION_FOLDERS = ['../../extension', '../../deploy/rancher/extension/dist-pkg']

export function readOperation(raw: RawEnvironment, env: Environment, problems: Problems): OperationConfig {
  const { METRICS_PORT: metrics, METRICS_HOST: metricsHost, EXTENSION_PORT: extension, HOST: host } = env
  const folder = extension === undefined ? undefined : extensionFolder()
  if (extension !== undefined && folder === undefined)
    problems.add('EXTENSION_PORT', 'the Rancher extension is not in this installation: build deploy/rancher/extension')
  return {
    ...(metrics !== undefined && { metrics: { host: metricsHost, port: metrics } }),
    ...(extension !== undefined && folder !== undefined && { extension: { host, port: extension, folder } }),
    traces: hasTraces(raw),
  }
}

function extensionFolder(): string | undefined {
  const program = dirname(process.argv[1] ?? '')
  return EXTENSION_FOLDERS.map((folder) => join(program, folder)).find((folder) =>
    existsSync(join(folder, 'files.txt')),
  )
}

/** As OpenTelemetry's specification says, but without an endpoint there is no default one. */
function hasTraces(raw: RawEnvironment): boolean {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: all, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own } = raw
  const isOff = raw.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true' || raw.OTEL_TRACES_EXPORTER?.trim() === 'none'
  return !isOff && Boolean(all?.trim() || own?.trim())
}
