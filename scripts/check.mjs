/** `npm run check`: all checks that need no running product. Each one runs, so that one run shows all problems. */
import { join } from 'node:path'
import { installPackages } from './install.mjs'
import { nodeBinary } from './node.mjs'
import { packages } from './paths.mjs'
import { main, runCaptured, toolEnv } from './run.mjs'

/** @param {string} path of a program in node_modules */
const tool = (path) => join(packages, path)

/** Arguments of Node. The longest first, since they share the machine. */
const CHECKS = Object.entries({
  types: [tool('nuxt/bin/nuxt.mjs'), 'typecheck'],
  lint: [tool('eslint/bin/eslint.js'), '.', '--max-warnings=0', '--cache', '--cache-location', tool('.cache/eslint/')],
  format: [tool('prettier/bin/prettier.cjs'), '--check', '.', '--cache'],
  unused: [tool('knip/bin/knip.js'), '--no-progress'],
  imports: [tool('dependency-cruiser/bin/dependency-cruiser.mjs'), '.'],
  words: ['scripts/words/check.mjs'],
  environment: ['--import', './scripts/register.mjs', 'scripts/environment/run.ts', '--check'],
})

const AT_ONCE = 2

await main(async () => {
  await installPackages()
  /** @type {string[]} */
  const failed = []
  const waiting = CHECKS.values()
  const worker = async () => {
    for (const [name, args] of waiting) if (!(await passes(name, args))) failed.push(name)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`)
  return failed.length === 0 ? 0 : 1
})

/**
 * @param {string} name
 * @param {string[]} args
 */
async function passes(name, args) {
  const started = Date.now()
  const env = process.stdout.isTTY ? { ...toolEnv(), FORCE_COLOR: '1' } : toolEnv()
  const { code, output } = await runCaptured(nodeBinary(), args, env)
  console.log(`\n── ${name}: ${code === 0 ? 'passed' : 'failed'} in ${Math.round((Date.now() - started) / 1000)} s ──`)
  process.stdout.write(output)
  return code === 0
}
