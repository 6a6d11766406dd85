/**
 * `npm run test:faults`: installs and builds what is missing, then breaks real processes on purpose and prints what was seen.
 * `npm run test:faults -- --runs 2 --only killed` for a try; `--soak` for a thousand turns.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildApp } from './build.mjs'
import { installPackages } from './install.mjs'
import { nodeBinary } from './node.mjs'
import { root } from './paths.mjs'
import { main, run } from './run.mjs'

await main(async () => {
  await installPackages()
  await buildApp()
  const register = pathToFileURL(join(root, 'scripts', 'register.mjs')).href
  // Unlike those of the benchmark, these files are not all erasable TypeScript: the session's class has parameter properties.
  const flags = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning', '--import', register]
  return await run(nodeBinary(), [...flags, join(root, 'tests', 'faults', 'run.ts'), ...process.argv.slice(2)])
})
