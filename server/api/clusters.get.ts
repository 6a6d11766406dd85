/** `GET /api/clusters`: the clusters that the user can choose from. Empty if the server has one for all users. */
import { defineEventHandler } from 'h3'
import type { Clusters } from '#shared/clusters'
import { currentCaller } from '../auth/current-user'
import { useAssistant } from '../core/running'
import { answerError } from '../http/errors'

export default defineEventHandler(async (event): Promise<Clusters | undefined> => {
  try {
    return { clusters: await (await useAssistant()).clusters(currentCaller(event)) }
  } catch (error) {
    return await answerError(event, error)
  }
})
