/** A Helm chart in a local folder: its name, version and default values. */
import { open } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { parse } from 'yaml'
import { isRecord, textAt } from './fields'

export interface LocalChart {
  name: string
  version: string
  defaults: Record<string, unknown>
}

const MOST_BYTES = 256 * 1024

/**
 * Reads a chart's folder as this process sees it, which is where the MCP server that we start looks too.
 * @returns undefined for a chart of a repository, an archive, or a folder without a Chart.yaml
 */
export async function readChart(chart: string): Promise<LocalChart | undefined> {
  if (!isAbsolute(chart) && !/^\.{0,2}\//.test(chart)) return undefined
  try {
    const about = await readYaml(join(chart, 'Chart.yaml'))
    const [name, version] = [textAt(about, 'name'), textAt(about, 'version')]
    if (!name || !version) return undefined
    const defaults = await readYaml(join(chart, 'values.yaml')).catch(absent)
    return { name, version, defaults: isRecord(defaults) ? defaults : {} }
  } catch {
    return undefined
  }
}

/** A chart need not have default values. */
function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}

async function readYaml(path: string): Promise<unknown> {
  const file = await open(path, 'r')
  try {
    const stat = await file.stat()
    if (!stat.isFile() || stat.size > MOST_BYTES) throw new Error(`${path} is no small file`)
    const value: unknown = parse(await file.readFile('utf8'))
    return value
  } finally {
    await file.close()
  }
}
