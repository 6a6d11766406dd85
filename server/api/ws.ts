/** `/api/ws` under `npm run dev`, where Nitro listens itself; the built server connects the same hooks in serve.ts. */
import { defineWebSocketHandler } from 'h3'
import { socketHooks } from '../socket/hooks'

export default defineWebSocketHandler(socketHooks)
