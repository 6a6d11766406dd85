/** `npm run check`: lint, direction of imports, format and types. All run, so that one look shows all that is wrong. */
import { join } from 'node:path'
import { installPackages } from './install.mjs'
import { nodeBinary } from './node.mjs'
import { packages } from './paths.mjs'
import { main, run } from './run.mjs'

/** @param {string} path of a program in node_modules */
const tool = (path) => join(packages, path)

/** Arguments of Node. */
const CHECKS = {
  lint: [tool('eslint/bin/eslint.js'), '.', '--max-warnings=0'],
  imports: [tool('dependency-cruiser/bin/dependency-cruiser.mjs'), '.'],
  format: [tool('prettier/bin/prettier.cjs'), '--check', '.'],
  environment: ['--import', './scripts/register.mjs', 'scripts/environment/run.ts', '--check'],
  types: [tool('nuxt/bin/nuxt.mjs'), 'typecheck'],
}

await main(async () => {
  await installPackages()
  const failed = []
  for (const [name, args] of Object.entries(CHECKS)) {
    console.log(`\n── ${name} ──`)
    if ((await run(nodeBinary(), args)) !== 0) failed.push(name)
  }
  console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`)
  return failed.length === 0 ? 0 : 1
})
