/** `npm start`: installs packages, builds if necessary, and serves. */
import { buildApp } from './build.mjs'
import { installPackages } from './install.mjs'
import { nodeBinary } from './node.mjs'
import { serverEntry, serverFlags } from './paths.mjs'
import { main, run } from './run.mjs'

await main(async () => {
  await installPackages()
  await buildApp()
  const { TLS_CERT_FILE, HOST, PORT } = process.env
  const address = `${TLS_CERT_FILE ? 'https' : 'http'}://${HOST || '127.0.0.1'}:${PORT || 8005}`
  console.log(`Starting on ${address} (Ctrl-C stops it) …`)
  return await run(nodeBinary(), [...serverFlags, serverEntry], { env: process.env })
})
