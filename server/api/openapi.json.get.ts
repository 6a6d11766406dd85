/** `GET /api/openapi.json`: the API as an OpenAPI document. */
import { defineEventHandler } from 'h3'
import { openApiDocument } from '../openapi/document'

export default defineEventHandler(() => openApiDocument())
