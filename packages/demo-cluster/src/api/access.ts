/** Answers reviews: a client's identity and rights. Clients may read and write but run nothing. */
import { z } from 'zod'
import { badRequest } from './status'

export const reviews = [
  { group: 'authentication.k8s.io', version: 'v1', plural: 'selfsubjectreviews', kind: 'SelfSubjectReview' },
  {
    group: 'authorization.k8s.io',
    version: 'v1',
    plural: 'selfsubjectaccessreviews',
    kind: 'SelfSubjectAccessReview',
  },
  { group: 'authorization.k8s.io', version: 'v1', plural: 'selfsubjectrulesreviews', kind: 'SelfSubjectRulesReview' },
] as const

export type ReviewKind = (typeof reviews)[number]['kind']

/** Subresources that run something in a pod or open a connection to it, even by GET. */
export const ACTING_SUBRESOURCES = ['attach', 'exec', 'portforward', 'proxy']

const reviewSchema = z.looseObject({
  spec: z.looseObject({
    resourceAttributes: z.looseObject({ verb: z.string(), subresource: z.string().optional() }).optional(),
    nonResourceAttributes: z.looseObject({ verb: z.string() }).optional(),
  }),
})

/**
 * Answers a review.
 * @param body the posted body
 * @throws StatusError 400 if it is not a review
 */
export function review(kind: ReviewKind, body: unknown): object {
  if (kind === 'SelfSubjectReview') {
    const userInfo = { username: 'demo', groups: ['system:authenticated'] }
    return { kind, apiVersion: 'authentication.k8s.io/v1', metadata: {}, status: { userInfo } }
  }
  const parsed = reviewSchema.safeParse(body)
  if (!parsed.success) throw badRequest(`the body is not a review: ${z.prettifyError(parsed.error)}`)
  const { spec } = parsed.data
  const answer = { kind, apiVersion: 'authorization.k8s.io/v1', metadata: {}, spec }
  if (kind === 'SelfSubjectRulesReview') {
    const status = {
      incomplete: false,
      nonResourceRules: [{ nonResourceURLs: ['*'], verbs: ['get'] }],
      resourceRules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
    }
    return { ...answer, status }
  }
  const allowed = !ACTING_SUBRESOURCES.includes(spec.resourceAttributes?.subresource ?? '')
  return { ...answer, status: { allowed, reason: allowed ? '' : 'nothing runs in the demo cluster' } }
}
