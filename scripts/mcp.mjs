/**
 * `npm run mcp`: installs and builds what is missing, then serves the Kubernetes MCP server on port 3000. With `-- --stdio`
 * it serves one client over stdin and stdout.
 */
import { buildMcp } from './build-mcp.mjs'
import { installPackages } from './install.mjs'
import { nodeBinary } from './node.mjs'
import { mcpEntry } from './paths.mjs'
import { main, run } from './run.mjs'

await main(async () => {
  const args = process.argv.slice(2)
  const isStdio = args.includes('--stdio')
  // Over stdio, stdout belongs to the protocol.
  if (isStdio) console.log = console.error
  await installPackages()
  await buildMcp()
  const passedOn = isStdio ? args.filter((each) => each !== '--stdio') : ['--http', ...args]
  return await run(nodeBinary(), [mcpEntry, ...passedOn], { cwd: process.cwd(), env: process.env })
})
