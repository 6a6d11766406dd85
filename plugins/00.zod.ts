// Runs first, before any schema is used: otherwise zod would probe `new Function`, which the content security policy
// reports as a violation.
import { config } from 'zod'

config({ jitless: true })

export default defineNuxtPlugin({ name: 'zod' })
