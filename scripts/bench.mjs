/**
 * `npm run bench`: installs and builds what is missing, then measures the built server beside a bare relay and a client that
 * asks the model itself. `npm run bench -- --only first-token --quick` for a try; BENCHMARKS.md has the figures.
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
  // Not all of the files that are measured are erasable TypeScript: some classes have parameter properties.
  const flags = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning', '--import', register]
  return await run(nodeBinary(), [...flags, join(root, 'bench', 'run.ts'), ...process.argv.slice(2)])
})
