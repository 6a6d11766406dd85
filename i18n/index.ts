/** The texts of the page's languages. */
import { en, vi } from '@nuxt/ui/locale'
import type { LocaleCode } from '#shared/locales'
import type { MessageTexts } from '#shared/messages/render'
import app from './locales/en/ui/app.json'
import type answers from './locales/en/ui/answers.json'
import type attachments from './locales/en/ui/attachments.json'
import type commands from './locales/en/ui/commands.json'
import type findings from './locales/en/ui/findings.json'
import type embed from './locales/en/ui/embed.json'
import type objects from './locales/en/ui/objects.json'
import type settings from './locales/en/ui/settings.json'

/** Name, direction, and the texts of Nuxt UI's own components. */
export const languages = { en, vi } satisfies Record<LocaleCode, unknown>
export const defaultLocale = 'en' satisfies LocaleCode

/** The page's own texts. Those of answers, a frame, objects and the settings are loaded with their components. */
export type UiTexts = typeof app &
  typeof answers &
  typeof commands &
  typeof embed &
  typeof findings &
  typeof attachments &
  typeof objects &
  typeof settings

/** A text in a file, or texts by name. */
export interface TextTree {
  [name: string]: string | TextTree
}

const uiFiles = import.meta.glob<TextTree>('./locales/*/ui/*.json', { import: 'default' })
const messageFiles = import.meta.glob<MessageTexts>(['./locales/*/messages/*.json', '!./locales/en/**'], {
  import: 'default',
})

/** @returns the text at a path such as `prompt.send` */
export function textAt(texts: TextTree, path: string): string | undefined {
  let at: string | TextTree | undefined = texts
  for (const name of path.split('.')) {
    if (typeof at !== 'object') return undefined
    at = Object.hasOwn(at, name) ? at[name] : undefined
  }
  return typeof at === 'string' ? at : undefined
}

/** What the page begins with: the default language, without the texts that MessageList.vue adds. */
export const firstTexts = app

/** The page's own texts in a language. */
export async function loadUiTexts(code: LocaleCode): Promise<TextTree> {
  return await merged(uiFiles, code)
}

/** The texts of all messages in a language; empty for English, since each message carries it. */
export async function loadMessages(code: LocaleCode): Promise<MessageTexts> {
  return await merged(messageFiles, code)
}

async function merged<V>(
  files: Record<string, () => Promise<Readonly<Record<string, V>>>>,
  code: LocaleCode,
): Promise<Record<string, V>> {
  const own = Object.entries(files).filter(([path]) => path.startsWith(`./locales/${code}/`))
  const parts = await Promise.all(own.map(([, load]) => load()))
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)))
}

export function isLocaleCode(code: unknown): code is LocaleCode {
  return typeof code === 'string' && Object.hasOwn(languages, code)
}

/** @param tags BCP 47 tags, the most wanted first, as in `navigator.languages` */
export function localeFor(tags: readonly string[]): LocaleCode {
  const codes = tags.map((tag) => tag.split('-', 1)[0]?.toLowerCase())
  return codes.find(isLocaleCode) ?? defaultLocale
}

type PathsOf<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${PathsOf<T[K]>}`
}[keyof T & string]

/** The key of a text of the page, e.g. `prompt.send`. */
export type UiTextKey = PathsOf<UiTexts>
