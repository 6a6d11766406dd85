/** The response of `GET /api/clusters`: the clusters that the user can choose from. */
import { z } from 'zod'

/** As Rancher names them: `local`, `c-m-abc12`. */
export const clusterIdSchema = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,62}$/)

export const clusterChoiceSchema = z.object({
  id: clusterIdSchema,
  name: z.string(),
  /** False: it is unreachable at the moment. */
  isActive: z.boolean(),
})
export type ClusterChoice = z.infer<typeof clusterChoiceSchema>

export const clustersSchema = z.object({
  /** Empty if the server has one cluster for all users. */
  clusters: z.array(clusterChoiceSchema),
})
export type Clusters = z.infer<typeof clustersSchema>
