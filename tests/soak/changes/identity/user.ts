/** The user of a login, according to the API server. */
import { Agent, request } from 'undici'
import { z } from 'zod'
import type { KubeApi } from '../../../support/kube/kube-api'

const reviewSchema = z.looseObject({
  status: z.looseObject({ userInfo: z.looseObject({ username: z.string() }) }),
})
const loginSchema = z.tuple([z.string(), z.string().nullable()])

/** @param login from `loginOf` */
export async function userOf({ server, ca }: KubeApi, login: string): Promise<string> {
  const [token, as] = loginSchema.parse(JSON.parse(login))
  const dispatcher = new Agent({ connect: { ca } })
  try {
    const { body } = await request(`${server}/apis/authentication.k8s.io/v1/selfsubjectreviews`, {
      method: 'POST',
      dispatcher,
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        ...(as !== null && { 'Impersonate-User': as }),
      },
      body: JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }),
    })
    return reviewSchema.parse(await body.json()).status.userInfo.username
  } finally {
    await dispatcher.close()
  }
}
