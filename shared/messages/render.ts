/** Renders a message in the language of the given texts. */
import { fillText, placeholders } from './format'
import { isMessage } from './message'
import type { Localized, MessageValue } from './message'

/** The texts of a language, by code. */
export type MessageTexts = Readonly<Record<string, string>>

/**
 * @param texts absent if not loaded or English
 * @param fallback the English text, for an unknown code or parameter
 */
export function renderMessage({ code, params }: Localized, fallback: string, texts: MessageTexts | undefined): string {
  const text = texts && Object.hasOwn(texts, code) ? texts[code] : undefined
  if (text === undefined || !placeholders(text).every((name) => Object.hasOwn(params, name))) return fallback
  const values = Object.entries(params).map(([name, value]) => [name, renderValue(value, texts)] as const)
  return fillText(text, Object.fromEntries(values))
}

function renderValue(value: MessageValue, texts: MessageTexts | undefined): string | number {
  return isMessage(value) ? renderMessage(value, value.text, texts) : value
}
