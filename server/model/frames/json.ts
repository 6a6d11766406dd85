/** Parses untrusted JSON texts. */
import { z } from 'zod'

const objectSchema = z.record(z.string(), z.unknown())

/** @returns the parsed value; undefined if the text is not JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether a text is a JSON object, the only form of tool arguments that Ollama accepts back. */
export function isJsonObject(text: string): boolean {
  return objectSchema.safeParse(parseJson(text)).success
}
