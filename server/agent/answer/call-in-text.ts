/** Detects calls that a model writes as text. They are never executed. */
import { z } from 'zod'
import type { ModelTool } from '../../model/types'

/** A call with its name, or only the arguments of one. */
export type WrittenCall = { kind: 'named'; name: string } | { kind: 'arguments' }

/** How other models write calls: Qwen, Hermes, Llama, Mistral, DeepSeek, Claude; and gpt-oss's own header. */
const MARKS =
  /<(?:tool_calls?|function_calls?|tool_code|invoke)\b[^>]*>|<function=|\[TOOL_CALLS\]|<\|(?:tool_call|python_tag)|<｜tool|\bto=functions\.[\w.]+.*(?:<\||\{)/s
const MARKED_NAME = /"name"\s*:\s*"([^"]+)"|<function=([\w.-]+)|\bname="([\w.-]+)"|\bto=functions\.([\w.]+)/

/** ReAct. */
const ACTION = /^Action:\s*([\w.-]+)\s*$/m

/** The person asked for JSON, so it is an answer. */
const ASKS_FOR_JSON = /\bjson\b/i

/** @param tools those offered to the model */
export function callInText(text: string, tools: readonly ModelTool[], question: string): WrittenCall | undefined {
  const plain = text.trim()
  const known = new Map(tools.map((tool) => [bare(tool.name), tool]))
  const outside = plain.replace(/```.*?```/gs, '')
  if (MARKS.test(outside)) return named(MARKED_NAME.exec(outside)?.slice(1).find(Boolean) ?? '')
  const action = ACTION.exec(plain)?.[1]
  if (action !== undefined && /^Action Input:/m.test(plain)) return named(action)
  const whole = /^```\w*\s*(.*?)\s*```$/s.exec(plain)?.[1] ?? plain
  for (const json of new Set([whole, ...objectsIn(plain)])) {
    const name = nameIn(parse(json))
    if (name === undefined) continue
    const isTool = known.has(bare(name))
    if (isTool || (json === whole && !ASKS_FOR_JSON.test(question))) return named(name)
  }
  const prose = plain.split('\n').length <= 3 ? plain.split('\n').map(toolLine).find(Boolean) : undefined
  if (prose !== undefined && known.has(bare(prose))) return named(prose)
  if (ASKS_FOR_JSON.test(question)) return undefined
  return areArguments(parse(whole), tools) ? { kind: 'arguments' } : undefined
}

function named(name: string): WrittenCall {
  return { kind: 'named', name: bare(name) }
}

function bare(name: string): string {
  return name.replace(/^(?:functions?[.:])+/, '')
}

/** Objects in code fences, and one at the end of the text. */
function objectsIn(text: string): string[] {
  const fences = [...text.matchAll(/```\w*\s*([{[].*?)\s*```/gs)].map(([, inner = '']) => inner)
  const last = /(?:^|\n)[^\n{]*(\{.*\})\s*$/s.exec(text)?.[1]
  return last === undefined ? fences : [...fences, last]
}

/** Of a text that may be an object or a list: an error costs 50 µs. */
function parse(text: string): unknown {
  if (!/^[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const recordSchema = z.record(z.string(), z.unknown())
const NAMES = ['name', 'tool', 'function', 'tool_name', 'function_name', 'action', 'recipient_name']
const ARGUMENTS = ['arguments', 'parameters', 'args', 'input', 'action_input', 'tool_input']
const IDENTIFIER = /^[A-Za-z][\w.]*$/

/** The tool's name in `{"name": …, "arguments": …}` and its relatives; a name alone if it looks like a tool's. */
function nameIn(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.length > 0 ? nameIn(value[0]) : undefined
  const object = recordSchema.safeParse(value).data
  if (!object) return undefined
  if (object.tool_calls !== undefined) return nameIn(object.tool_calls)
  const key = NAMES.find((each) => object[each] !== undefined)
  const name = key === undefined ? undefined : object[key]
  if (typeof name === 'object') return nameIn(name)
  if (typeof name !== 'string' || !IDENTIFIER.test(name)) return undefined
  const isAlone = Object.keys(object).length === 1 && /_|^functions?\./.test(name)
  return isAlone || ARGUMENTS.some((each) => object[each] !== undefined) ? name : undefined
}

/** `pods_list namespace: shop`, `pods_list(namespace="shop")`, `pods_list {}`, `pods_list` */
function toolLine(line: string): string | undefined {
  return /^`?(?:to=)?((?:functions?\.)?[A-Za-z]\w*_\w+)`?\s*(?:$|[({]|:\s*\{|[\w-]+\s*[:=])/.exec(line.trim())?.[1]
}

/** A JSON object with nothing but what one of the tools takes. */
function areArguments(value: unknown, tools: readonly ModelTool[]): boolean {
  const object = recordSchema.safeParse(value).data
  if (!object || tools.length === 0) return false
  return tools.some(({ parameters }) => Object.keys(object).every((key) => key in parameters.properties))
}
