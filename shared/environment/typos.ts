/** Finds variables that look like misspelt ones of ours: they would be ignored silently. */
import { editDistance } from '../text/edit-distance'
import { childNames } from './child-names'
import type { RawEnvironment } from './read'
import { variables } from './schema'

export interface Typo {
  name: string
  /** The variable that was probably meant. */
  meant: string
}

/** Variables of Ollama that resemble ours. */
const NOT_OURS = ['OLLAMA_MODELS', 'OLLAMA_HOST']

/** Kubernetes sets these in pods for each Service of the namespace. */
const SERVICE_LINK = /_(SERVICE_(HOST|PORT)(_.*)?|PORT(_\d+_(TCP|UDP|SCTP)(_.*)?)?)$/

const known = new Set(variables.map(({ name }) => name))
const candidates = variables.filter(({ group }) => group !== 'platform').map(({ name }) => name)
const foreign = new Set([...NOT_OURS, ...childNames.flatMap((group) => group.names)])

/** @returns the suspicious names with the probable intention */
export function findTypos(env: RawEnvironment): Typo[] {
  return Object.keys(env).flatMap((name) => {
    if (known.has(name) || foreign.has(name) || SERVICE_LINK.test(name)) return []
    const meant = nearest(name)
    return meant === undefined ? [] : [{ name, meant }]
  })
}

function nearest(name: string): string | undefined {
  const upper = name.toUpperCase()
  const [best] = candidates
    .flatMap((ours) => {
      if (hasSameWords(upper, ours)) return [{ ours, distance: 1 }]
      // The distance takes the most time, and is at least the difference of the lengths.
      if (Math.abs(upper.length - ours.length) > allowed(ours)) return []
      const distance = editDistance(upper, ours)
      return distance <= allowed(ours) ? [{ ours, distance }] : []
    })
    .sort((one, other) => one.distance - other.distance)
  return best?.ours
}

/** Allowed mistakes: short names resemble many others. */
function allowed(name: string): number {
  if (name.length < 6) return 0
  return name.length < 10 ? 1 : 2
}

/** `MCP_URL` for `MCP_SERVER_URL`: the same words in order, plus one. */
function hasSameWords(name: string, ours: string): boolean {
  const given = name.split('_')
  const words = ours.split('_')
  if (given.length < 2 || given[0] !== words[0] || given.length !== words.length - 1) return false
  let at = 0
  for (const word of words) if (word === given[at]) at++
  return at === given.length
}
