/** Refuses names that are not ours, and requests of other sites: a login does not stop a page that acts in its user's name. */
import { defineEventHandler } from 'h3'
import { ForbiddenError, answerError } from '../http/errors'
import { refusalOf } from '../http/provenance'
import { useAssistant } from '../core/running'

export default defineEventHandler(async (event) => {
  const { method, path } = event
  const words = refusalOf(
    { method, path, header: (name) => headerOf(event.node.req.headers[name]) },
    (await useAssistant()).web,
  )
  if (words !== undefined) return await answerError(event, new ForbiddenError(words))
})

function headerOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value
}
