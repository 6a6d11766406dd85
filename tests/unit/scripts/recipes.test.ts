/** The recipes of CONTRIBUTING name files that exist, with the names that they tell to look for. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const recipes = globSync('docs/how-to/add-*.md', { cwd: root })

interface Row {
  path: string
  names: string[]
}

/** The rows whose file exists before the addition, with the identifiers that they quote. */
function rowsOf(recipe: string): Row[] {
  const rows = readFileSync(join(root, recipe), 'utf8').matchAll(/^\| `([^`<{]+)`\s*\|(.*)\|$/gm)
  return [...rows].map(([, path = '', text = '']) => ({
    path,
    names: [...text.matchAll(/`([A-Za-z]\w+)`/g)].map(([, name = '']) => name),
  }))
}

describe.each(recipes)('%s', (recipe) => {
  it.each(rowsOf(recipe))('names what $path has', ({ path, names }) => {
    expect(existsSync(join(root, path))).toBe(true)
    const source = readFileSync(join(root, path), 'utf8')
    expect(names.filter((name) => !source.includes(name))).toEqual([])
  })
})

it('finds the recipes and their files', () => {
  expect(recipes).toHaveLength(4)
  expect(recipes.flatMap(rowsOf).length).toBeGreaterThan(5)
})
