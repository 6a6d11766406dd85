/** `npm start`: installs and builds what is missing, then serves. */
import { buildApp } from './build.mjs'
import { installPackages } from './install.mjs'
import { nodeBinary } from './node.mjs'
import { serverEntry, serverFlags } from './paths.mjs'
import { main, run } from './run.mjs'

await main(async () => {
  await installPackages()
  await buildApp()
  console.log(`Starting on ${address(process.env)} (Ctrl-C stops it) …`)
  return await run(nodeBinary(), [...serverFlags, serverEntry], { cwd: process.cwd(), env: process.env })
})

/**
 * The address in plain words; server/config/listen.ts is what decides and checks.
 * @param {NodeJS.ProcessEnv} env
 */
function address(env) {
  return `${env.TLS_CERT_FILE ? 'https' : 'http'}://${env.HOST || '127.0.0.1'}:${env.PORT || 8005}`
}
