/** The test suites, and the selection by the command line. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'

/** In run order: quick ones first. */
const SUITES = ['unit', 'integration', 'live', 'model', 'e2e', 'rancher']

/**
 * @param {string[]} args a suite's name or a path inside it selects it; others go to the runner
 * @returns {{ suites: string[], rest: string[] }}
 */
export function select(args) {
  const rest = args.filter((arg) => !SUITES.includes(arg))
  const asked = SUITES.filter((suite) => args.includes(suite) || rest.some((arg) => arg.includes(`tests/${suite}/`)))
  return { suites: asked.length > 0 ? asked : SUITES, rest }
}

/** @param {string} suite */
export function hasTests(suite) {
  const folder = join(root, 'tests', suite)
  return existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => /\.test\.ts$/.test(String(name)))
}
