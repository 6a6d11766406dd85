import { SseError } from '@modelcontextprotocol/sdk/client/sse.js'
import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { faultOf, wordsOf } from '../../../../server/mcp/errors'

type SseEvent = ConstructorParameters<typeof SseError>[2]
const sseError = () => new SseError(undefined, 'terminated', new ErrorEvent())
class ErrorEvent extends Event implements SseEvent {
  constructor() {
    super('error')
  }
}

describe('whose fault an error is', () => {
  it.each<[string, unknown]>([
    ['session', new McpError(ErrorCode.ConnectionClosed, 'Connection closed')],
    ['session', new StreamableHTTPError(404, 'Session not found')],
    ['session', new TypeError('fetch failed')],
    ['session', sseError()],
    ['session', new Error('Error POSTing to endpoint (HTTP 404): Session not found')],
    ['timeout', new McpError(ErrorCode.RequestTimeout, 'Request timed out')],
    ['call', new McpError(ErrorCode.InternalError, 'Failed to execute kubectl get command')],
    ['call', new McpError(ErrorCode.InvalidParams, 'missing argument')],
    ['call', new StreamableHTTPError(401, 'Unauthorized')],
    ['call', new Error('Error POSTing to endpoint (HTTP 403): forbidden')],
  ])('%s: %s', (fault, error) => {
    expect(faultOf(error)).toBe(fault)
  })
})

describe('the words of an error', () => {
  it('are those of its cause too', () => {
    expect(wordsOf(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') }))).toBe(
      'fetch failed: connect ECONNREFUSED 127.0.0.1:1',
    )
  })

  it.each([
    ['what is no JSON', parsing('panic: runtime error')],
    ['JSON of another shape', z.object({ content: z.array(z.unknown()) }).safeParse({ content: 'no list' }).error],
  ])('say what is wrong in place of what a parser says: %s', (_, error) => {
    expect(wordsOf(error)).toBe('The MCP server answered with something that is not in the format of MCP.')
  })
})

function parsing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return error
  }
}
