/** A client's own name for a turn. Apart from the request, whose messages the page does not need. */
import { z } from 'zod'

/** Long enough to be unguessable: it authorises stopping and reading the turn. */
export const turnIdSchema = z.string().regex(/^[\w-]{16,64}$/)
