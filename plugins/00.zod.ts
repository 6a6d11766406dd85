// The first plugin, so that it runs before the first schema is used: zod would try `new Function` to see whether it may,
// which the content security policy reports as a violation.
import { config } from 'zod'

config({ jitless: true })

export default defineNuxtPlugin({ name: 'zod' })
