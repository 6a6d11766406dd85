/** The corpus of seeded faults and healthy variants, and how its short forms become manifests. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { FindingsResult } from '../../../shared/findings'
import { apiVersionOf } from '../../../shared/kubernetes/api'
import { BUILT_IN_KINDS } from '../../../shared/kubernetes/built-in-kinds'

const record = z.record(z.string(), z.unknown())

export const shortSchema = z.looseObject({
  kind: z.string(),
  name: z.string().default(''),
  metadata: record.default({}),
  replicas: z.number().optional(),
  /** The only container, or fields of it. */
  container: record.optional(),
  containers: z.array(record).optional(),
  init: z.array(record).optional(),
  /** More fields of the pod's spec. */
  pod: record.default({}),
  /** Annotations `sim/KEY`. */
  sim: z.record(z.string(), z.string()).default({}),
  spec: record.default({}),
  /** For an Event: `Deployment/web`, and its age in seconds. */
  of: z.string().default(''),
  ago: z.number().default(0),
})
type Short = z.infer<typeof shortSchema>

const caseSchema = z.object({
  /** Also the name of its namespace. */
  id: z.string(),
  about: z.string().optional(),
  misleading: z.boolean().default(false),
  namespaceLabels: z.record(z.string(), z.string()).default({}),
  /** The question; by default the namespace. */
  ask: z.object({ resource: z.string(), name: z.string() }).optional(),
  /** `object`: kind, and the name or its beginning. `log`: words of the evidence. */
  expect: z
    .object({ check: z.string(), object: z.string(), code: z.string().optional(), log: z.string().optional() })
    .optional(),
  /** Deleted after all is there. */
  delete: z.array(z.string()).default([]),
  /** States to wait for, as `KIND/NAME WORDS`: conditions that are true, `TYPE=STATUS`, words, `older=SECONDS` deleted. */
  until: z.array(z.string()).default([]),
  objects: z.array(shortSchema),
  /** Applied when the first objects have settled. */
  then: z.array(shortSchema).default([]),
})
export type Case = z.infer<typeof caseSchema>

const folder = join(import.meta.dirname, '..', '..', 'live', 'diagnose', 'corpus')

export function readCorpus(): { faults: Case[]; healthy: Case[] } {
  const cases = globSync('*.yaml', { cwd: folder })
    .sort()
    .flatMap((file) => z.array(caseSchema).parse(parse(readFileSync(join(folder, file), 'utf8'))))
  return { faults: cases.filter((each) => each.expect), healthy: cases.filter((each) => !each.expect) }
}

/** The arguments of `diagnose`. */
export function questionOf({ id, ask }: Case): Record<string, string> {
  if (!ask) return { namespace: id }
  return ask.resource === 'node' ? ask : { ...ask, namespace: id }
}

/** Undefined if the first finding is the expected one. */
export function mismatch({ expect: wanted }: Case, { findings }: Pick<FindingsResult, 'findings'>): string | undefined {
  const [first] = findings
  if (!wanted) return undefined
  if (!first) return 'no findings'
  const object = `${first.object.kind}/${first.object.name}`
  const shown = `${object} ${first.check} ${first.cause.code}`
  if (first.check !== wanted.check || !object.startsWith(wanted.object)) return shown
  if (wanted.code !== undefined && first.cause.code !== wanted.code) return shown
  const evidence = first.evidence.map(({ text }) => text.text).join('\n')
  return wanted.log === undefined || evidence.includes(wanted.log)
    ? undefined
    : `${shown}, evidence without ${wanted.log}`
}

/** Manifests of a case, its namespace first. */
export function manifestsOf({ id, namespaceLabels, objects }: Case): object[] {
  const namespace = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: id, labels: { corpus: 'yes', ...namespaceLabels } },
  }
  return [namespace, ...objects.map((each) => manifest(id, each))]
}

export function manifest(namespace: string, short: Short): object {
  const {
    kind,
    name,
    metadata,
    replicas: _,
    container: __,
    containers: ___,
    init: ____,
    pod: _____,
    sim,
    spec,
    of,
    ago,
    ...rest
  } = short
  const names = BUILT_IN_KINDS.find((each) => each.kind === kind)
  if (!names) throw new Error(`the corpus knows no kind ${kind}`)
  if (kind === 'Event') return event(namespace, of, ago, rest)
  const base = {
    apiVersion: apiVersionOf(names),
    kind,
    metadata: { name, ...(names.namespaced && { namespace }), labels: { corpus: 'yes' }, ...metadata },
  }
  switch (kind) {
    case 'Pod':
      return { ...base, metadata: { ...base.metadata, annotations: annotations(sim) }, spec: podSpec(short) }
    case 'Job':
      return {
        ...base,
        spec: {
          ...spec,
          template: {
            metadata: { annotations: annotations(sim) },
            spec: { restartPolicy: 'Never', ...podSpec(short) },
          },
        },
      }
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
      return { ...base, spec: { ...workloadSpec(short), ...spec } }
    default:
      return { ...base, ...rest, ...(Object.keys(spec).length > 0 && { spec }) }
  }
}

function workloadSpec(short: Short): object {
  const labels = { app: short.name }
  return {
    ...(short.kind !== 'DaemonSet' && { replicas: short.replicas ?? 1 }),
    selector: { matchLabels: labels },
    template: { metadata: { labels, annotations: annotations(short.sim) }, spec: podSpec(short) },
  }
}

function podSpec({ name, container = {}, containers, init, pod }: Short): object {
  const complete = (each: Record<string, unknown>) => ({ name, image: 'registry.example.com/app:1', ...each })
  return {
    terminationGracePeriodSeconds: 0,
    containers: (containers ?? [container]).map(complete),
    ...(init && { initContainers: init.map(complete) }),
    ...pod,
  }
}

function annotations(sim: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(sim).map(([key, value]) => [`sim/${key}`, value]))
}

function event(namespace: string, of: string, ago: number, rest: Record<string, unknown>): object {
  const [kind = '', name = ''] = of.split('/')
  const names = BUILT_IN_KINDS.find((each) => each.kind === kind)
  const time = new Date(Date.now() - ago * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${ago}`, namespace },
    type: 'Warning',
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
    involvedObject: { apiVersion: names ? apiVersionOf(names) : 'v1', kind, name, namespace },
    ...rest,
  }
}
