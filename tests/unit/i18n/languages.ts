/** The texts of each language as the page loads them. */
import { defaultLocale, isLocaleCode, languages, loadMessages, loadUiTexts } from '../../../i18n'
import type { LocaleCode } from '#shared/locales'
import type { TextTree } from '../../../i18n'
import { englishTexts } from '../../../shared/messages/english'
import type { MessageTexts } from '../../../shared/messages/render'

export interface Language {
  code: LocaleCode
  /** By path, e.g. `prompt.send`. */
  ui: Map<string, string>
  messages: MessageTexts
}

export const codes = Object.keys(languages).filter(isLocaleCode)
export const others = codes.filter((code) => code !== defaultLocale)

export async function languageOf(code: LocaleCode): Promise<Language> {
  const messages = code === defaultLocale ? englishTexts : await loadMessages(code)
  return { code, ui: new Map(flat(await loadUiTexts(code))), messages }
}

function flat(tree: TextTree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + name, value]] : flat(value, `${prefix}${name}.`),
  )
}
