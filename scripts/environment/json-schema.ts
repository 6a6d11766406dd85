/** The settings of the application as a JSON schema, also for the values of the chart. */
import { z } from 'zod'
import { aboutVariables } from '../../shared/environment/about'
import { environmentSchema, variables } from '../../shared/environment/schema'
import type { Variable } from '../../shared/environment/schema'
import { plainText } from '../../shared/environment/help'

/** Set by the templates of the chart. */
const SET_BY_CHART = new Set<string>([
  ...['HOST', 'PORT', 'TLS', 'TLS_CERT_FILE', 'TLS_KEY_FILE', 'EXTENSION_PORT', 'METRICS_HOST', 'METRICS_PORT'],
  ...['OLLAMA_BASE_URL', 'OLLAMA_MODEL', 'MCP_SERVER_URL', 'ACCESS_MODE'],
])

/** @returns the settings as a schema of their own */
export function settingsSchema(): string {
  const schema = schemaOf(({ group, programs }) => group !== 'platform' && programs.includes('app'))
  return JSON.stringify({ ...schema, title: 'Settings of K8s AI Assistant' })
}

const record = z.record(z.string(), z.unknown())

/**
 * @param old the schema of the chart's values
 * @returns the same with the present settings: those that are neither secret nor set by the templates
 */
export function chartSchema(old: string): string {
  const values = record.parse(JSON.parse(old))
  const { $schema: _, ...settings } = schemaOf(
    ({ name, group, programs, secret }) =>
      group !== 'platform' && programs.includes('app') && !secret && !SET_BY_CHART.has(name),
  )
  const description = 'Settings of docs/configuration.md. Secrets are in existingSecrets.'
  return JSON.stringify({
    ...values,
    properties: { ...record.parse(values.properties), settings: { description, ...settings } },
  })
}

/** Draft 7, which Helm validates values with. Lists are arrays: the chart joins them. */
function schemaOf(isShown: (each: Variable) => boolean) {
  const shown = new Set(variables.filter(isShown).map(({ name }) => name))
  const shape = Object.fromEntries(Object.entries(environmentSchema.shape).filter(([name]) => shown.has(name)))
  const schema = z.toJSONSchema(z.object(shape), {
    target: 'draft-7',
    override: ({ zodSchema, jsonSchema: json }) => {
      if (!(zodSchema instanceof z.ZodType)) return
      const about = aboutVariables.get(zodSchema)
      if (about) json.description = plainText(about.text)
      if (about?.secret) json.writeOnly = true
      // An empty text counts as unset: nobody in AUTH_WRITERS would be everybody.
      if (json.type === 'array') json.minItems = 1
    },
  })
  // Each has a default, or may be absent.
  delete schema.required
  return schema
}
