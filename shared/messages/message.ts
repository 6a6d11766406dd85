/** A sentence for the user: a code of the catalogue (i18n/locales), its parameters, and its English text. */
import { z } from 'zod'

/** A parameter may be another message, such as the reason of a refusal. */
export type MessageValue = string | number | Message
export type MessageValues = Record<string, MessageValue>

export interface Message {
  /** Stable, in kebab-case, e.g. `namespaces-denied`. */
  code: string
  params: MessageValues
  /** English, for clients that do not know the code. */
  text: string
}

export const messageValueSchema: z.ZodType<MessageValue> = z.lazy(() =>
  z.union([z.string(), z.number(), messageSchema]),
)

export const messageSchema: z.ZodType<Message> = z.object({
  code: z.string(),
  params: z.record(z.string(), messageValueSchema),
  text: z.string(),
})

/** The translation data of an adjacent English text. */
export const localizedSchema = z.object({ code: z.string(), params: z.record(z.string(), messageValueSchema) })
export type Localized = z.infer<typeof localizedSchema>

/** A message without its English text, which is stored separately. */
export function localized({ code, params }: Message): Localized {
  return { code, params }
}

export function isMessage(value: MessageValue): value is Message {
  return typeof value === 'object'
}

/** A text of the server as a message; without its code it is shown as it is. */
export function messageFrom(text: string, own: Localized | undefined): Message {
  return own ? { ...own, text } : { code: 'words', params: { words: text }, text }
}
