/** The output of `kubectl create --dry-run=client -o json` for many manifests. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export interface KubectlReading {
  /** In order, including those before an error. */
  objects: unknown[]
  /** A document is unreadable. */
  isRefused: boolean
  /** A kind is unknown to the cluster: kubectl omits such objects. */
  hasUnknownKind: boolean
}

/** kubectl processes a folder at once, so a marker object after each manifest separates the outputs. */
const MARK = 'end-of-manifest-'

export async function readWithKubectl(kubeconfig: string, manifests: readonly string[]): Promise<KubectlReading[]> {
  const folder = await mkdtemp(join(tmpdir(), 'manifests-'))
  try {
    await Promise.all(
      manifests.flatMap((manifest, index) => [
        writeFile(join(folder, `${fileName(index)}-a.yaml`), manifest),
        writeFile(join(folder, `${fileName(index)}-b.yaml`), mark(index)),
      ]),
    )
    const { output, errors } = await kubectl(kubeconfig, folder)
    return split(output, errors, manifests.length)
  } finally {
    await rm(folder, { recursive: true })
  }
}

function fileName(index: number): string {
  return String(index).padStart(6, '0')
}

function mark(index: number): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${MARK}${index}}\n`
}

async function kubectl(kubeconfig: string, folder: string): Promise<{ output: string; errors: string }> {
  const flags = ['--dry-run=client', '--validate=false', '--output=json', '--kubeconfig', kubeconfig]
  const child = spawn('kubectl', ['create', ...flags, '--filename', folder], { stdio: ['ignore', 'pipe', 'pipe'] })
  const started = new Promise<never>((_, reject) => child.once('error', reject))
  const [output, errors] = await Promise.race([Promise.all([text(child.stdout), text(child.stderr)]), started])
  return { output, errors }
}

function split(output: string, errors: string, count: number): KubectlReading[] {
  const readings: KubectlReading[] = []
  let objects: unknown[] = []
  // Only the outermost braces start a line.
  for (const part of output.split(/(?<=^\})\n(?=\{)/m).filter((each) => each.trim() !== '')) {
    // kubectl may write a zero as `-0`.
    const object: unknown = JSON.parse(part, (_, value: unknown) => (value === 0 ? 0 : value))
    const index = readings.length
    if (nameOf(object) !== `${MARK}${index}`) {
      objects.push(object)
      continue
    }
    const own = errors.split('\n').filter((line) => line.includes(`${fileName(index)}-a.yaml`))
    const hasUnknownKind = own.some((line) => line.includes('resource mapping not found'))
    readings.push({ objects, isRefused: own.length > 0 && !hasUnknownKind, hasUnknownKind })
    objects = []
  }
  if (readings.length !== count) throw new Error(`kubectl read ${readings.length} of ${count} manifests: ${errors}`)
  return readings
}

function nameOf(object: unknown): unknown {
  const { metadata } = asRecord(object)
  return asRecord(metadata).name
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
