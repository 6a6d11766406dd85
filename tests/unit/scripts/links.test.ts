/** Links in the documents. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { root } from '../../../scripts/paths.mjs'

const LINK = /\]\(([^)\s#]+)/g
const OUTSIDE = /^(?:[a-z]+:|\/)/

it('lead to files that exist', () => {
  const files = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean)
  const broken = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(LINK)].flatMap(([, target = '']) =>
      OUTSIDE.test(target) || existsSync(join(root, normalize(join(dirname(file), target))))
        ? []
        : [`${file}: ${target}`],
    ),
  )
  expect(files.length).toBeGreaterThan(10)
  expect(broken).toEqual([])
})
