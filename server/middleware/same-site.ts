/** Refuses requests of other sites, and names that are not ours: there is no login that would stop them. */
import { defineEventHandler } from 'h3'
import { ForbiddenError, answerError } from '../http/errors'
import { isAllowedHost, isCrossSite } from '../http/same-site'
import { useAssistant } from '../running'

export default defineEventHandler(async (event) => {
  const { host, 'sec-fetch-site': site } = event.node.req.headers
  const { allowedHosts } = await useAssistant()
  if (!isAllowedHost(host, allowedHosts))
    return await answerError(
      event,
      new ForbiddenError(`This server is not asked as "${host?.slice(0, 100)}". Set ALLOWED_HOSTS.`),
    )
  if (isCrossSite(event.method, Array.isArray(site) ? site[0] : site))
    return await answerError(event, new ForbiddenError('Requests of other sites are refused.'))
})
