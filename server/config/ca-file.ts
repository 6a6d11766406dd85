/** Reads a file of certificates. */
import { readFileSync } from 'node:fs'
import type { VariableName } from '#shared/environment/schema'
import type { Problems } from './problems'

/** @returns PEM; undefined, after reporting the problem, if the file holds none */
export function readCa(variable: VariableName, path: string, problems: Problems): string | undefined {
  try {
    const pem = readFileSync(path, 'utf8')
    if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem
    problems.add(variable, `${path} holds no certificate in PEM`)
  } catch (error) {
    problems.add(variable, `cannot read the file ${path} (${error instanceof Error ? error.message : String(error)})`)
  }
  return undefined
}
