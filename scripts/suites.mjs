/** The suites of tests, and which of them a command line asks for. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'

/** In the order in which they run: the quick ones first. */
export const SUITES = ['unit', 'integration', 'live', 'e2e']

/**
 * @param {string[]} args a suite's name selects it, and so does a path inside it; the rest is the runner's
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
