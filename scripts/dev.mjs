/** `npm run dev`: installs what is missing, then Nuxt's development server. */
import { join } from 'node:path'
import { installPackages } from './install.mjs'
import { nodeBinary } from './node.mjs'
import { packages } from './paths.mjs'
import { main, run } from './run.mjs'

await main(async () => {
  await installPackages()
  const { HOST = '127.0.0.1', PORT = '8005' } = process.env
  const nuxt = join(packages, 'nuxt', 'bin', 'nuxt.mjs')
  return await run(nodeBinary(), [nuxt, 'dev', '--host', HOST, '--port', PORT, ...process.argv.slice(2)])
})
