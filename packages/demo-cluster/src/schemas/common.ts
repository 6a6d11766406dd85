/** Common parts of written objects. The schemas reject what printers could not handle, and fill in defaults. */
import { isSubdomain, MAX_NAME } from '#shared/kubernetes/names'
import { z } from 'zod'

export const strings = z.record(z.string(), z.string())

/** Non-negative int32. */
export const count = z
  .int('must be an integer')
  .min(0, 'must be greater than or equal to 0')
  .max(2 ** 31 - 1, 'must be an int32')

const WRONG_NAME =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end " +
  'with an alphanumeric character'

const ownerReference = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  uid: z.string(),
  controller: z.boolean().default(false),
  blockOwnerDeletion: z.boolean().optional(),
})

const metadata = z.looseObject({
  name: z.string().max(MAX_NAME, 'must be no more than 253 bytes').refine(isSubdomain, WRONG_NAME),
  namespace: z.string().optional(),
  generateName: z.string().optional(),
  uid: z.string(),
  resourceVersion: z.string(),
  generation: z.number().optional(),
  creationTimestamp: z.string(),
  labels: strings.optional(),
  annotations: strings.optional(),
  ownerReferences: z.array(ownerReference).optional(),
})

export const labelSelector = z.looseObject({
  matchLabels: strings,
})

export const intOrString = z.union([z.int(), z.string()])

/** Any object, unchanged. */
export const anyObject = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata })
