/** A text of the operator in the languages of the page. */
import { z } from 'zod'

export const runbookTitleSchema = z.strictObject({ en: z.string(), vi: z.string().optional() })
type RunbookTitle = z.infer<typeof runbookTitleSchema>

/** @param locale of the page, e.g. `vi` */
export function titleIn({ en, vi }: RunbookTitle, locale: string): string {
  return locale === 'vi' && vi !== undefined ? vi : en
}
