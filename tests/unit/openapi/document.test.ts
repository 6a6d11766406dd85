import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { openApiDocument } from '../../../server/openapi/document'
import { operations } from '../../../server/openapi/operations'

const server = fileURLToPath(new URL('../../../server', import.meta.url))

/** The routes that Nitro makes of the files: `api/chat/[id]/stream.get.ts` is `get /api/chat/{id}/stream`. */
function routes(folder: 'api' | 'routes'): string[] {
  return readdirSync(join(server, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(server, folder).length))
    .map((file) => {
      const [, path = '', method = 'get'] = /^(.*?)(?:\.(get|post|put|patch|delete))?\.ts$/.exec(file) ?? []
      return `${method} ${folder === 'api' ? '/api' : ''}${path.replace(/\/index$/, '').replace(/\[(\w+)\]/g, '{$1}')}`
    })
}

describe('the OpenAPI document', () => {
  it('has every route, and no other', () => {
    const documented = operations.map(({ method, path }) => `${method} ${path}`)
    expect(documented.sort()).toEqual([...routes('api'), ...routes('routes')].sort())
  })

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const result = await validator.validate(JSON.parse(JSON.stringify(openApiDocument())))
    expect(result.errors).toBeUndefined()
    expect(result.valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  it('names every operation once', () => {
    const text = JSON.stringify(openApiDocument())
    const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id)
    expect(ids).toHaveLength(operations.length)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('has every schema that it refers to, and refers to every schema but those of the socket', () => {
    const text = JSON.stringify(openApiDocument())
    const referred = new Set([...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name))
    const [, names = ''] = /"components":\{"schemas":(\{.*\}),"securitySchemes"/.exec(text) ?? []
    const schemas = Object.keys(JSON.parse(names))
    expect([...referred].filter((name) => name !== undefined && !schemas.includes(name))).toEqual([])
    expect(schemas.filter((name) => !referred.has(name)).sort()).toEqual(['SocketMessage', 'SocketRequest'])
  })
})
