/** The OpenAPI document of the API, made from the schemas of its handlers. */
import packageJson from '../../package.json'
import { sessionCookieName } from '../auth/session-cookie'
import { componentSchemas, schemaRef } from './components'
import { operations } from './operations'
import type { Operation } from './operations'

/** One of them, by AUTH_MODE; none with `none`. Clients do not send a proxy's header. */
const SECURITY = [{ token: [] }, { cookie: [] }, {}]

const COOKIE = sessionCookieName('instance', true)
const COOKIE_TEXT =
  'Set by POST /api/session. `instance` stands for a hash of eight digits; without `__Host-` over plain HTTP'

let made: object | undefined

/** Made at the first request. */
export function openApiDocument(): object {
  return (made ??= {
    openapi: '3.1.0',
    info: {
      title: 'K8s AI Assistant',
      version: packageJson.version,
      license: { name: packageJson.license, identifier: packageJson.license },
    },
    // Relative to this document, so that it is right behind a proxy that strips a prefix.
    servers: [{ url: '..' }],
    paths: paths(),
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'AUTH_TOKEN, with AUTH_MODE=token' },
        cookie: { type: 'apiKey', in: 'cookie', name: COOKIE, description: COOKIE_TEXT },
      },
    },
  })
}

function paths(): Record<string, Record<string, unknown>> {
  const found: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) (found[operation.path] ??= {})[operation.method] = operationObject(operation)
  return found
}

function operationObject({ method, path, summary, open, parameters, query, request, responses }: Operation) {
  const inPath = Object.entries(parameters ?? {}).map(([name, description]) => parameter(name, 'path', description))
  const inQuery = Object.entries(query ?? {}).map(([name, description]) => parameter(name, 'query', description))
  return {
    operationId: `${method}${path.replace(/[^a-z]+([a-z]?)/gi, (_, letter: string) => letter.toUpperCase())}`,
    summary,
    security: open ? [] : SECURITY,
    ...((parameters || query) && { parameters: [...inPath, ...inQuery] }),
    ...(request && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaRef(request) } } },
    }),
    responses,
  }
}

function parameter(name: string, place: 'path' | 'query', description: string) {
  return { name, in: place, required: place === 'path', description, schema: { type: 'string' } }
}
