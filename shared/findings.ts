/** What is wrong in the cluster, why, and what to do: computed by code from objects, events and logs. */
import { z } from 'zod'
import { about } from './facts'
import { messageSchema } from './messages/message'

export const findingObjectSchema = z.object({
  kind: z.string(),
  name: z.string(),
  /** Absent for cluster-scoped objects. */
  namespace: z.string().optional(),
  /** API group; absent for the core group. */
  group: z.string().optional(),
})
export type FindingObject = z.infer<typeof findingObjectSchema>

/** One fact that supports a finding. */
const evidenceSchema = z.object({
  /** `status` and `spec` are fields of an object. */
  source: z.enum(['status', 'spec', 'event', 'log']),
  /** What it is about, if not the finding's object: `cart-6d5 · app (previous run)`, `Service db`. */
  about: z.string().optional(),
  text: messageSchema,
  /** RFC 3339 in UTC. */
  at: z.string().optional(),
  /** How often an event was seen, if more than once. */
  count: z.number().optional(),
})
export type Evidence = z.infer<typeof evidenceSchema>

const severitySchema = z.enum(['critical', 'warning'])
/** `certain`: the cluster reports it; `likely`: facts agree; `possible`: worth a look. */
const certaintySchema = z.enum(['certain', 'likely', 'possible'])

const findingSchema = z.object({
  /** Id of the check, e.g. `container-crash`. */
  check: z.string(),
  severity: severitySchema,
  certainty: certaintySchema,
  object: findingObjectSchema,
  /** How many objects have it, e.g. pods of one workload; `object` is one of them. */
  objects: z.number(),
  cause: messageSchema,
  evidence: z.array(evidenceSchema),
  next: messageSchema,
  /** The page of the documentation about it. */
  reference: z.string(),
  /** What it breaks, nearest first. */
  chain: z.array(z.object({ object: findingObjectSchema, state: messageSchema })),
  /** What keeps the object or its workload as it is declared, and where a lasting change belongs. */
  managedBy: z.object({ manager: messageSchema, place: messageSchema.optional() }).optional(),
  /** The operator's own instructions. */
  runbook: z.object({ title: z.string(), text: z.string() }).optional(),
})
export type Finding = z.infer<typeof findingSchema>

export const findingsResultSchema = z.object({
  kind: z.literal('findings'),
  /** `unknown`: nothing could be read that would tell. */
  verdict: z.enum(['bad', 'ok', 'unknown']),
  /** The verdict as one sentence. */
  summary: messageSchema,
  /** The most important cause first. */
  findings: z.array(findingSchema),
  /** How many were found; more than `findings` holds if the list is cut. */
  total: z.number(),
  /** Number of checks that ran, and of objects that they read. */
  checks: z.number(),
  objects: z.number(),
  ...about,
})
export type FindingsResult = z.infer<typeof findingsResultSchema>
