/**
 * `npm run environment`: updates documentation, `.env.example` and JSON Schema from the schema of the environment. With `--check` it only reports outdated files.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format } from 'prettier'
import { exampleFile } from './example'
import { chartSchema, settingsSchema } from './json-schema'
import { applicationTables, childTable, commonTable, programTable } from './tables'

const root = new URL('../../', import.meta.url)

/** @param old what the file holds now */
type Generator = (old: string) => string | Promise<string>

const files: Record<string, Generator> = {
  '.env.example': exampleFile,
  'docs/configuration.schema.json': () => format(settingsSchema(), { parser: 'json', printWidth: 120 }),
  'deploy/chart/values.schema.json': (old) => format(chartSchema(old), { parser: 'json', printWidth: 120 }),
  'README.md': (old) => withBlocks(old, { common: commonTable }),
  'docs/configuration.md': (old) => withBlocks(old, { variables: applicationTables, children: childTable }),
  'docs/mcp-server.md': (old) => withBlocks(old, { variables: () => programTable('mcp') }),
}

/** Replaces what stands between `<!-- generated: NAME -->` and `<!-- end -->`. */
async function withBlocks(old: string, blocks: Record<string, () => string>): Promise<string> {
  let text = old
  for (const [name, make] of Object.entries(blocks)) {
    const block = new RegExp(`(<!-- generated: ${name} -->\n)[^]*?(<!-- end -->)`)
    if (!block.test(text)) throw new Error(`There is no block "${name}".`)
    text = text.replace(block, (_, start: string, end: string) => `${start}\n${make()}\n\n${end}`)
  }
  return await format(text, { parser: 'markdown', printWidth: 120 })
}

function read(path: string): string {
  try {
    return readFileSync(new URL(path, root), 'utf8')
  } catch {
    return ''
  }
}

const isCheck = process.argv.includes('--check')
for (const [path, generate] of Object.entries(files)) {
  const old = read(path)
  const now = await generate(old)
  if (now === old) continue
  if (isCheck) {
    process.stderr.write(`${path} is out of date: run npm run environment.\n`)
    process.exitCode = 1
  } else {
    writeFileSync(fileURLToPath(new URL(path, root)), now)
    process.stdout.write(`${path}\n`)
  }
}
