/**
 * `npm run soak`: installs and builds what is missing, then runs the long series against real clusters.
 * `npm run soak -- --series identity --runs 10 --seed 3` for a try.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildMcp } from './build-mcp.mjs'
import { installPackages } from './install.mjs'
import { nodeBinary } from './node.mjs'
import { root } from './paths.mjs'
import { main, run } from './run.mjs'

await main(async () => {
  await installPackages()
  await buildMcp()
  const register = pathToFileURL(join(root, 'scripts', 'register.mjs')).href
  const flags = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning', '--import', register]
  return await run(nodeBinary(), [...flags, join(root, 'tests', 'soak', 'run.ts'), ...process.argv.slice(2)])
})
