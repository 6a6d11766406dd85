/** The page's texts and the server's messages in the user's language. */
import type { Message } from '#shared/messages/message'
import { fillText } from '#shared/messages/format'
import { renderMessage } from '#shared/messages/render'
import type { MessageTexts } from '#shared/messages/render'
import { defaultLocale, firstTexts, textAt } from '../../i18n'
import type { LocaleCode } from '#shared/locales'
import type { TextTree, UiTextKey } from '../../i18n'

export type Text = (key: UiTextKey, values?: Record<string, string | number>, count?: number) => string

/** A message of the server in the user's language. */
export type Say = (message: Message) => string

const english = shallowRef<TextTree>(firstTexts)
const language = shallowRef<{ locale: LocaleCode; texts?: TextTree }>({ locale: defaultLocale })

/** Texts of the server's messages. Undefined for English, and until they are loaded. */
export const messageTexts = shallowRef<MessageTexts>()

const added = new WeakSet<TextTree>()

/** Adds English texts that were loaded with the component that needs them; again without effect. */
export function addEnglishTexts(texts: TextTree): void {
  // A change renders all texts again, and with them perhaps the component that adds these.
  if (added.has(texts)) return
  added.add(texts)
  english.value = { ...english.value, ...texts }
}

/** @param texts absent for English */
export function setLanguage(locale: LocaleCode, texts?: TextTree): void {
  language.value = { locale, ...(texts && { texts }) }
}

const locale = computed(() => language.value.locale)

/** @param count chooses the plural, and is `{n}` in the text */
const t: Text = (key, values = {}, count) => {
  const { texts } = language.value
  const text = (texts && textAt(texts, key)) ?? textAt(english.value, key) ?? key
  return count === undefined ? fillText(text, values) : fillText(text, { n: count, ...values }, count)
}

const say: Say = (message) => renderMessage(message, message.text, messageTexts.value)

export function useText() {
  return { t, say, locale }
}
