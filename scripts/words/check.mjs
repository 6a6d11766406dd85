/**
 * Reports phrases of the list in comments, documents and UI texts, with line and replacement. Takes another folder than
 * the project's as its argument.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../paths.mjs'
import { findPhrases } from './find.mjs'

const FILES = ['**/*.{ts,mjs,vue,css,md}', 'i18n/locales/en/**/*.json']
const EXCLUDED = /^(?:node_modules|test-results|\.[^/]+)$/

const folder = process.argv[2] ?? root

const findings = FILES.flatMap((pattern) => globSync(pattern, { cwd: folder, exclude: (name) => EXCLUDED.test(name) }))
  .sort()
  .flatMap((path) =>
    findPhrases(path, readFileSync(join(folder, path), 'utf8')).map(
      ({ line, found, instead }) => `${path}:${line}: "${found}" → ${instead}`,
    ),
  )
for (const finding of findings) console.error(finding)
process.exitCode = findings.length === 0 ? 0 : 1
