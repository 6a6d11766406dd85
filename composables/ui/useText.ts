/** The page's texts in the reader's language. Unlike vue-i18n's `t`, it accepts only existing keys. */
import { useI18n } from 'vue-i18n'
import type { MessageKey } from '../../locales'

export type Text = (key: MessageKey, values?: Record<string, string | number>, count?: number) => string

export function useText() {
  const { t: translate, locale } = useI18n({ useScope: 'global' })
  /** @param count chooses the plural form and fills `{n}` */
  const t: Text = (key, values = {}, count) =>
    count === undefined ? translate(key, values) : translate(key, { n: count, ...values }, count)
  return { t, locale }
}
