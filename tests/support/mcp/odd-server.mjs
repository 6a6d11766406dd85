/** An MCP server over stdio with unusual behaviour: odd names, tools added later, hanging calls. */
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { CallToolRequestSchema, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js'

const text = (/** @type {string} */ words) => ({ content: [{ type: 'text', text: words }] })
const tool = (/** @type {string} */ name) => ({
  name,
  inputSchema: { type: 'object', properties: {} },
  // Declares an output schema that its results violate.
  ...(name === 'typed' && { outputSchema: { type: 'object', properties: { replicas: { type: 'number' } } } }),
})

const names = ['odd-name.v2', 'odd_name_v2', 'more', 'fail', 'hang', 'die', 'picture', 'late', 'release', 'typed']
/** Ends the call of `late`. */
let release = () => {}
const server = new Server({ name: 'odd', version: '1' }, { capabilities: { tools: { listChanged: true } } })

// Two pages, so that clients must follow the cursor.
server.setRequestHandler(ListToolsRequestSchema, ({ params }) =>
  params?.cursor ? { tools: names.slice(2).map(tool) } : { tools: names.slice(0, 2).map(tool), nextCursor: 'rest' },
)

server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
  switch (params.name) {
    case 'more':
      names.push('late-comer')
      await server.sendToolListChanged()
      return text('one more')
    case 'fail':
      throw new McpError(-32603, 'kubectl is not there')
    case 'hang':
      return await new Promise(() => {})
    case 'die':
      return process.exit(1)
    case 'freeze':
      // Alive but unresponsive, even to pings.
      process.kill(process.pid, 'SIGSTOP')
      return text('thawed')
    case 'late':
      await new Promise((resolve) => (release = () => resolve(undefined)))
      return text('dial tcp: ECONNREFUSED, password=hunter2hunter2')
    case 'release':
      release()
      return text('released')
    case 'picture':
      return { content: [{ type: 'image', data: 'AAAA', mimeType: 'image/png' }] }
    default:
      return text(`this is ${params.name}`)
  }
})

await server.connect(new StdioServerTransport())
