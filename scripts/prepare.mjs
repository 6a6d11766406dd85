/** Writes .nuxt, where the types and the lint rules that Nuxt generates lie. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { nodeBinary } from './node.mjs'
import { packages, root } from './paths.mjs'
import { Problem, runQuietly } from './run.mjs'

/**
 * @throws Problem where it fails
 */
export async function prepareTypes() {
  if (existsSync(join(root, '.nuxt', 'eslint.config.mjs'))) return
  console.log('Preparing types …')
  const code = await runQuietly(nodeBinary(), [join(packages, 'nuxt', 'bin', 'nuxt.mjs'), 'prepare'])
  if (code !== 0) throw new Problem(`Preparing types failed (exit code ${code}): see its words above.`)
}
