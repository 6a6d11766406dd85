/** `GET /api/mcp/status`: the state of the MCP session. */
import { defineEventHandler } from 'h3'
import { useAssistant } from '../../running'

export default defineEventHandler(async () => (await useAssistant()).session.status())
