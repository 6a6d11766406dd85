/** The routes of the API: what each takes and answers. A test compares them with the files of server/api and server/routes. */
import { schemaRef } from './components'
import type { ComponentName } from './components'

type Content = Record<string, { schema: Record<string, unknown> }>

export interface Response {
  description: string
  content?: Content
  headers?: Record<string, unknown>
}

export interface Operation {
  method: 'get' | 'post' | 'delete'
  path: string
  summary: string
  /** Anyone may call it, also without a login. */
  open?: true
  /** Names in the path, with their descriptions. */
  parameters?: Record<string, string>
  /** Optional names in the query, with their descriptions. */
  query?: Record<string, string>
  request?: ComponentName
  responses: Record<string, Response>
}

const json = (name: ComponentName): Content => ({ 'application/json': { schema: schemaRef(name) } })
const answer = (description: string, name: ComponentName): Response => ({ description, content: json(name) })

/** A stream is not JSON: its events are the chunks of the AI SDK's UI message stream. */
const stream: Content = { 'text/event-stream': { schema: { type: 'string' } } }

const refusal = (description: string): Response => answer(description, 'ErrorBody')
const retryable = (description: string): Response => ({
  ...refusal(description),
  headers: { 'Retry-After': { description: 'Seconds until a retry, if known.', schema: { type: 'integer' } } },
})

/** Of all routes below `/api`. */
const forbidden = { 403: refusal('A request of another site, or a name under which the server does not answer') }
const common = { ...forbidden, 401: retryable('Not logged in'), 429: retryable('Too many wrong tokens') }

const CONVERSATION = { id: 'Id of the conversation' }
const CLUSTER = { cluster: 'Id of the cluster, if the user has several' }
const TURN = { id: 'Id of the turn, as the client chose it' }

export const operations: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/chat',
    summary: 'Asks a question, or continues after answers to approvals',
    request: 'ChatRequest',
    responses: {
      200: {
        description: 'The answer: `Accept` decides between one JSON object and a stream',
        content: { ...json('ChatAnswer'), ...stream },
      },
      ...common,
      400: refusal('A wrong field, which the message names'),
      409: refusal('A turn with this id exists'),
      413: refusal('The body is larger than 1 MiB'),
      429: retryable('Too many questions, streams or wrong tokens'),
      503: refusal('The server is stopping'),
    },
  },
  {
    method: 'get',
    path: '/api/chat/{id}/stream',
    summary: 'The running or just ended answer of a conversation, from its start',
    parameters: CONVERSATION,
    responses: {
      200: { description: 'The stream', content: stream },
      204: { description: 'There is no such answer' },
      ...common,
      429: retryable('Too many streams or wrong tokens'),
    },
  },
  {
    method: 'post',
    path: '/api/turns/{id}/stop',
    summary: 'Stops an answer at once, with its model and tool calls',
    parameters: TURN,
    responses: {
      200: answer('Whether it was running', 'StopAnswer'),
      ...common,
      400: refusal('The id is not valid'),
    },
  },
  {
    method: 'get',
    path: '/api/embed',
    summary: 'The sites whose messages the page accepts in a frame',
    open: true,
    responses: { 200: answer('The sites', 'EmbedSettings'), ...forbidden },
  },
  {
    method: 'get',
    path: '/api/session',
    summary: 'How users are identified, and who the caller is',
    open: true,
    responses: { 200: answer('The session', 'Session'), ...forbidden, 503: refusal('Rancher cannot be reached') },
  },
  {
    method: 'post',
    path: '/api/session',
    summary: 'Exchanges the shared token for a cookie',
    open: true,
    request: 'Login',
    responses: {
      200: { ...answer('The session', 'Session'), headers: { 'Set-Cookie': { schema: { type: 'string' } } } },
      ...common,
      400: refusal('There is no token in the body'),
      413: refusal('The body is larger than 1 MiB'),
    },
  },
  {
    method: 'delete',
    path: '/api/session',
    summary: 'Logs out',
    open: true,
    responses: { 204: { description: 'Nobody is logged in' }, ...forbidden },
  },
  {
    method: 'get',
    path: '/api/findings',
    summary: 'A diagnosis of the cluster, a namespace or an object, without the model',
    query: {
      namespace: 'Absent: all namespaces that the user may read',
      resource: 'Kind of the object, e.g. deployment, node, ingress, release',
      name: 'Name of the object; absent: all of the namespace',
      ...CLUSTER,
    },
    responses: {
      200: answer('The findings, the most important cause first', 'Findings'),
      ...common,
      400: refusal('A wrong parameter'),
      403: answer('The user or the policy does not allow the reads', 'ResultPart'),
      404: answer('There is no such namespace, kind or object', 'ResultPart'),
      429: retryable('Too many reads or wrong tokens'),
      502: answer('The cluster or the MCP server did not answer', 'ResultPart'),
    },
  },
  {
    method: 'get',
    path: '/api/changes',
    summary: 'What changed in the cluster, a namespace or an object, without the model',
    query: {
      namespace: 'Absent: all namespaces that the user may read',
      resource: 'Kind of the object, e.g. deployment, node, ingress, release',
      name: 'Name of the object; absent: all of the namespace',
      since: 'A duration such as 2h or 3d, or a time in RFC 3339; absent: a day',
      ...CLUSTER,
    },
    responses: {
      200: answer('The changes, newest first, with the failures that followed', 'Changes'),
      ...common,
      400: refusal('A wrong parameter'),
      403: answer('The user or the policy does not allow the reads', 'ResultPart'),
      404: answer('There is no such namespace, kind or object', 'ResultPart'),
      429: retryable('Too many reads or wrong tokens'),
      502: answer('The cluster or the MCP server did not answer', 'ResultPart'),
    },
  },
  {
    method: 'post',
    path: '/api/read',
    summary: 'The result of a read tool, without the model',
    query: CLUSTER,
    request: 'DirectRead',
    responses: {
      200: answer('The result, as a card of the same call shows it', 'ResultPart'),
      ...common,
      400: refusal('A wrong body'),
      403: answer('The user or the policy does not allow the read, or the tool can change something', 'ResultPart'),
      404: answer('There is no such tool, namespace, kind or object', 'ResultPart'),
      413: refusal('The body is larger than 1 MiB'),
      429: retryable('Too many reads or wrong tokens'),
      502: answer('The cluster or the MCP server did not answer', 'ResultPart'),
    },
  },
  {
    method: 'post',
    path: '/api/dry-run',
    summary: 'What applying a manifest would change, without the model. Changes nothing',
    query: CLUSTER,
    request: 'DryRun',
    responses: {
      200: answer('A plan: the diff of each object, and the objects that are refused', 'ResultPart'),
      ...common,
      400: refusal('A wrong body, or a manifest that cannot be split'),
      403: answer('The policy does not allow it', 'ResultPart'),
      404: answer('The MCP server in use plans no changes', 'ResultPart'),
      413: refusal('The body is larger than 1 MiB'),
      429: retryable('Too many dry runs or wrong tokens'),
      502: answer('The cluster or the MCP server did not answer', 'ResultPart'),
    },
  },
  {
    method: 'post',
    path: '/api/attachments',
    summary: 'Keeps a text for questions of a conversation, redacted',
    request: 'AttachmentRequest',
    responses: {
      200: answer('Its text for the model, to be posted as `asked.attachments`', 'Attachment'),
      ...common,
      400: refusal('A wrong body'),
      413: refusal('The body is larger than 1 MiB'),
      429: retryable('Too many attachments or wrong tokens'),
    },
  },
  {
    method: 'get',
    path: '/login',
    summary: 'Sends the browser to the identity provider',
    open: true,
    responses: {
      302: { description: 'To the identity provider' },
      401: refusal('There is no login by redirect'),
      503: refusal('The identity provider cannot be reached'),
    },
  },
  {
    method: 'get',
    path: '/login/callback',
    summary: 'Ends the login that the browser comes back from',
    open: true,
    responses: {
      302: { description: 'To the page, with a session', headers: { 'Set-Cookie': { schema: { type: 'string' } } } },
      401: refusal('The login is refused'),
      503: refusal('The identity provider cannot be reached'),
    },
  },
  {
    method: 'get',
    path: '/api/clusters',
    summary: 'The clusters that the user can choose from: none if the server has one for all users',
    responses: {
      200: answer('The clusters', 'Clusters'),
      ...common,
      503: refusal('Rancher cannot be reached'),
    },
  },
  {
    method: 'get',
    path: '/api/runbooks',
    summary: "The operator's runbooks, which the page runs as commands",
    responses: { 200: answer('The runbooks', 'Runbooks'), ...common },
  },
  {
    method: 'get',
    path: '/api/mcp/status',
    summary: "The state of the caller's MCP sessions",
    query: CLUSTER,
    responses: { 200: answer('The sessions', 'McpReport'), ...common, 400: refusal('No such cluster') },
  },
  {
    method: 'get',
    path: '/api/mcp/tools',
    summary: 'The tools of the MCP sessions, and which of them the model is offered',
    query: CLUSTER,
    responses: { 200: answer('The tools', 'McpTools'), ...common, 400: refusal('No such cluster') },
  },
  {
    method: 'post',
    path: '/api/mcp/reconnect',
    summary: "Opens the caller's MCP sessions again",
    query: CLUSTER,
    responses: {
      200: answer('The sessions', 'McpReport'),
      ...common,
      400: refusal('No such cluster'),
      429: retryable('Too often, or too many wrong tokens'),
      503: answer('The sessions: the MCP server cannot be reached', 'McpReport'),
    },
  },
  {
    method: 'get',
    path: '/api/ws',
    summary:
      'The same chat and the health over a WebSocket: SocketRequest and SocketMessage, one JSON object a message',
    responses: { 101: { description: 'The protocol changes to WebSocket' }, ...common },
  },
  {
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This document',
    responses: {
      200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: { type: 'object' } } } },
      ...common,
    },
  },
  {
    method: 'get',
    path: '/health',
    summary: 'The state of process, model, MCP sessions and cluster; 200 as long as the process can answer',
    query: CLUSTER,
    open: true,
    responses: {
      200: {
        description: 'All of it for logged-in users; the states alone for others',
        content: {
          'application/json': { schema: { anyOf: [schemaRef('Health'), schemaRef('BriefHealth')] } },
        },
      },
    },
  },
  {
    method: 'get',
    path: '/ready',
    summary: 'Whether questions are accepted',
    open: true,
    responses: { 200: answer('They are', 'Ready'), 503: answer('The server is stopping', 'Ready') },
  },
]
