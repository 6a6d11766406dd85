/**
 * Refuses foreign host names and requests of other sites: a login does not stop a page that acts in its user's name.
 */
import { defineEventHandler } from 'h3'
import { ForbiddenError, answerError } from '../http/errors'
import { refusalOf } from '../http/provenance'
import { useAssistant } from '../core/running'

export default defineEventHandler(async (event) => {
  const { method, path } = event
  const refused = refusalOf(
    { method, path, header: (name) => headerOf(event.node.req.headers[name]) },
    (await useAssistant()).web,
  )
  if (refused) return await answerError(event, new ForbiddenError(refused))
})

function headerOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value
}
