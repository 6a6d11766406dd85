/** The arguments of `find`. Models write numbers as text, and empty texts for what they do not want. */
import { z } from 'zod'

const text = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
  z.coerce.string().optional(),
)
const positive = z.coerce.number().int().min(1).optional().catch(undefined)

export const findArgumentsSchema = z.object({
  id: z.string().trim(),
  where: text,
  search: text,
  countBy: text,
  sortBy: text,
  from: positive,
  limit: positive,
})
export type FindArguments = z.infer<typeof findArgumentsSchema>
