/** A note about a change: code, parameters and English sentence. */
import type { ResultNote } from '../../../shared/result'

/** @param text English sentence with `{name}` placeholders */
export function fact(code: string, text: string, params: Record<string, string | number> = {}): ResultNote {
  return { code, params, text: text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole)) }
}

/** `1 pod`, `3 pods`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
