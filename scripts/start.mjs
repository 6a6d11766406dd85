/** `npm start`: installs packages, builds if necessary, and serves. */
import { buildApp } from './build.mjs'
import { installPackages } from './install.mjs'
import { nodeBinary } from './node.mjs'
import { serverEntry, serverFlags } from './paths.mjs'
import { main, run } from './run.mjs'

await main(async () => {
  await installPackages()
  await buildApp()
  console.log('Starting (Ctrl-C stops it). The line "listening" has the address …')
  return await run(nodeBinary(), [...serverFlags, serverEntry], { env: process.env })
})
