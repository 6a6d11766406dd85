/** A demo cluster with a clock that stands where the test puts it, and the few requests that the tests make. */
import { z } from 'zod'
import { startDemoCluster, type DemoCluster } from '@k8s-ai-assistant/demo-cluster'

export const START = Date.UTC(2026, 10, 22, 8, 0, 0)
export const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'

const columnSchema = z.object({ name: z.string(), type: z.string(), format: z.string(), priority: z.number() })
export const tableSchema = z.object({
  kind: z.literal('Table'),
  columnDefinitions: z.array(columnSchema),
  rows: z.array(
    z.object({
      cells: z.array(z.union([z.string(), z.number()])),
      conditions: z.array(z.object({ type: z.string(), reason: z.string() })).optional(),
      object: z.looseObject({ kind: z.string(), apiVersion: z.string() }).nullable(),
    }),
  ),
})

const objectSchema = z.looseObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional(), uid: z.string() }),
})
export const listSchema = z.object({
  kind: z.string(),
  apiVersion: z.string(),
  metadata: z.object({ resourceVersion: z.string(), continue: z.string().optional() }),
  items: z.array(objectSchema),
})

export const statusSchema = z.object({
  kind: z.literal('Status'),
  status: z.literal('Failure'),
  code: z.number(),
  reason: z.string(),
  message: z.string(),
  details: z.object({ name: z.string().optional(), kind: z.string().optional() }),
})

export interface TestCluster extends DemoCluster {
  /** Seconds since the start that the cluster's clock shows. */
  setSeconds: (seconds: number) => void
  list: (path: string) => Promise<z.infer<typeof listSchema>>
  /** Names of a list, as `namespace/name`. */
  names: (path: string) => Promise<string[]>
  table: (path: string) => Promise<z.infer<typeof tableSchema>>
  /** One row of a table by the object's name, its cells by their columns. */
  row: (path: string, name: string) => Promise<Record<string, string | number | undefined>>
  /** The Status that a request is refused with. */
  refusal: (path: string, init?: RequestInit) => Promise<z.infer<typeof statusSchema>>
  text: (path: string) => Promise<string>
  /**
   * What a write is answered with.
   * @param type content type of the body, JSON unless told
   * @throws Error if it is refused
   */
  write: (method: string, path: string, body?: unknown, type?: string) => Promise<Written>
  get: (path: string) => Promise<Written>
}

/** As much of an object as the tests look at. */
const writtenSchema = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string().optional(),
    uid: z.string().optional(),
    resourceVersion: z.string().optional(),
    generation: z.number().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: z.looseObject({ replicas: z.number().optional() }).optional(),
  status: z.unknown().optional(),
})
export type Written = z.infer<typeof writtenSchema>

/** A body as it is posted; a text goes as it is. */
export function bodyOf(body: unknown, type = 'application/json'): RequestInit {
  return { body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': type } }
}

export async function startTestCluster(): Promise<TestCluster> {
  let now = START
  const cluster = await startDemoCluster({ now: () => now })
  const request = (path: string, init?: RequestInit) => fetch(`${cluster.url}${path}`, init)
  const list = async (path: string) => listSchema.parse(await (await request(path)).json())
  const table = async (path: string) =>
    tableSchema.parse(await (await request(path, { headers: { accept: TABLE } })).json())
  return {
    ...cluster,
    setSeconds: (seconds) => {
      now = START + seconds * 1000
    },
    list,
    names: async (path) =>
      (await list(path)).items.map(({ metadata }) => [metadata.namespace, metadata.name].filter(Boolean).join('/')),
    table,
    row: async (path, name) => {
      const { columnDefinitions, rows } = await table(path)
      const found = rows.find(({ cells }) => cells.includes(name))
      return Object.fromEntries(columnDefinitions.map((column, index) => [column.name, found?.cells[index]]))
    },
    refusal: async (path, init) => {
      const response = await request(path, init)
      const status = statusSchema.parse(await response.json())
      if (status.code !== response.status) throw new Error(`HTTP ${response.status}, but Status ${status.code}`)
      return status
    },
    write: async (method, path, body, type) => {
      const response = await request(path, { method, ...(body !== undefined && bodyOf(body, type)) })
      const text = await response.text()
      if (!response.ok) throw new Error(`HTTP ${response.status}: ${text}`)
      return writtenSchema.parse(JSON.parse(text))
    },
    get: async (path) => writtenSchema.parse(await (await request(path)).json()),
    text: async (path) => {
      const response = await request(path)
      if (!response.ok) throw new Error(`HTTP ${response.status}`)
      return response.text()
    },
  }
}
