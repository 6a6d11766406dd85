/** A text of the operator in the languages of the page. */
import { z } from 'zod'
import { LOCALES } from '../locales'
import type { LocaleCode } from '../locales'

/** English is required. */
export function titleSchemaOf<Text extends z.ZodType<string>>(text: Text) {
  const inLanguages = Object.fromEntries(LOCALES.map((code) => [code, text.optional()])) as Record<
    LocaleCode,
    z.ZodOptional<Text>
  >
  return z.strictObject({ ...inLanguages, en: text })
}

export const runbookTitleSchema = titleSchemaOf(z.string())
type RunbookTitle = z.infer<typeof runbookTitleSchema>

/** @param locale of the page, e.g. `vi` */
export function titleIn(title: RunbookTitle, locale: LocaleCode): string {
  return title[locale] ?? title.en
}
