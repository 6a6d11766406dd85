/** JSON texts that came from elsewhere. */
import { z } from 'zod'

const objectSchema = z.record(z.string(), z.unknown())

/** @returns the parsed value; undefined where the text is not JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether a text is the JSON of an object: the only tool arguments that Ollama takes back. */
export function isJsonObject(text: string): boolean {
  return objectSchema.safeParse(parseJson(text)).success
}
