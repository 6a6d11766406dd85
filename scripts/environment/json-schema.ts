/** The settings of the application as a JSON schema, for the values of a chart. */
import { z } from 'zod'
import { aboutVariables } from '../../shared/environment/about'
import { environmentSchema, variables } from '../../shared/environment/schema'
import { plainText } from '../../shared/environment/help'

/** Draft 7, which Helm validates values with. Lists are arrays: the chart joins them. */
export function jsonSchema(): string {
  const isShown = new Set(
    variables.filter(({ group, programs }) => group !== 'platform' && programs.includes('app')).map(({ name }) => name),
  )
  const shape = Object.fromEntries(Object.entries(environmentSchema.shape).filter(([name]) => isShown.has(name)))
  const schema = z.toJSONSchema(z.object(shape), {
    target: 'draft-7',
    override: ({ zodSchema, jsonSchema: json }) => {
      if (!(zodSchema instanceof z.ZodType)) return
      const about = aboutVariables.get(zodSchema)
      if (about) json.description = plainText(about.text)
      if (about?.secret) json.writeOnly = true
    },
  })
  // Each has a default, or may be absent.
  delete schema.required
  return JSON.stringify({ ...schema, title: 'Settings of K8s AI Assistant' })
}
