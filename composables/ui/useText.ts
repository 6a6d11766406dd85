/** The page's texts in the user's language. Unlike vue-i18n's own `t`, it accepts only existing keys. */
import { useI18n } from 'vue-i18n'
import type { Message } from '#shared/messages/message'
import { renderMessage } from '#shared/messages/render'
import type { MessageTexts } from '#shared/messages/render'
import type { UiTextKey } from '../../i18n'

export type Text = (key: UiTextKey, values?: Record<string, string | number>, count?: number) => string

/** A message of the server in the user's language. */
export type Say = (message: Message) => string

/** Texts of the server's messages. Undefined for English, and until they are loaded. */
export const messageTexts = shallowRef<MessageTexts>()

export function useText() {
  const { t: translate, locale } = useI18n({ useScope: 'global' })
  /** @param count chooses the plural, and is `{n}` in the text */
  const t: Text = (key, values = {}, count) =>
    count === undefined ? translate(key, values) : translate(key, { n: count, ...values }, count)
  const say: Say = (message) => renderMessage(message, message.text, messageTexts.value)
  return { t, say, locale }
}
