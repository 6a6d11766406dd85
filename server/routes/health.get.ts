/** `GET /health`: the state of process, model and MCP session. 200 as long as the process can answer. */
import { defineEventHandler } from 'h3'
import { useAssistant } from '../running'

export default defineEventHandler(async () => (await useAssistant()).health())
