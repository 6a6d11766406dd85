/**
 * `npm run audit`: prints who called which tool, who let it run, and what came of it.
 * `npm run audit -- --writes --since 2h` for the changes of the last two hours.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installPackages } from './install.mjs'
import { nodeBinary } from './node.mjs'
import { root } from './paths.mjs'
import { main, run } from './run.mjs'

await main(async () => {
  await installPackages()
  const register = pathToFileURL(join(root, 'scripts', 'register.mjs')).href
  const program = join(root, 'scripts', 'audit', 'run.ts')
  // From where it was called: --file may be relative.
  const options = { cwd: process.cwd(), env: process.env }
  return await run(nodeBinary(), ['--import', register, program, ...process.argv.slice(2)], options)
})
