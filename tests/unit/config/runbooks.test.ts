import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseRunbooks } from '../../../server/config/runbooks'
import { runbooksSchema } from '../../../shared/commands/runbook'

const one = (...lines: string[]) =>
  ['runbooks:', '  - name: cart-down', ...lines.map((line) => `    ${line}`)].join('\n')
const STEPS = 'steps: [/pods shop]'

describe('the file of runbooks', () => {
  it('is read as the documentation writes it, and as the page gets it', () => {
    const page = readFileSync(fileURLToPath(new URL('../../../docs/runbooks.md', import.meta.url)), 'utf8')
    const [, example = ''] = /```yaml\n([\s\S]+?)```/.exec(page) ?? []
    const runbooks = parseRunbooks(example)
    expect(runbooks.map(({ name }) => name)).toEqual(['cart-down', 'nodes-full'])
    expect(runbooks[1]?.title).toEqual({ en: 'Nodes run out of memory' })
    expect(runbooksSchema.parse(JSON.parse(JSON.stringify({ runbooks }))).runbooks).toEqual(runbooks)
  })

  it('may be empty', () => {
    expect(parseRunbooks('')).toEqual([])
    expect(parseRunbooks('# none yet\n')).toEqual([])
  })

  it.each([
    [
      'a command that does not exist',
      one('title: Cart', 'steps:', '  - /pods shop', '  - /podz shop'),
      6,
      'must begin',
    ],
    ['a change', one('title: Cart', 'steps:', '  - /delete pod/cart'), 5, 'must begin with /diagnose'],
    ['a question as a step', one('title: Cart', 'steps: [What is wrong?]'), 4, 'must begin'],
    ['a step without its object', one('title: Cart', 'steps: [/logs]'), 4, '/logs pod | kind/name'],
    ['a flag of another command', one('title: Cart', 'steps: [/nodes -n shop]'), 4, '/nodes'],
    ['a placeholder without an argument', one('title: Cart', 'steps: ["/pods {namespace}"]'), 4, '{namespace} is not'],
    ['an argument that no step uses', one('title: Cart', 'arguments: [pod]', STEPS), 4, 'no step uses it'],
    ['a name of a command', one('title: Cart', STEPS).replace('cart-down', 'pods'), 2, 'is a command already'],
    ['a name with a space', one('title: Cart', STEPS).replace('cart-down', '"cart down"'), 2, 'lower-case'],
    ['two lines in one step', one('title: Cart', 'steps: ["/pods shop\\n/nodes"]'), 4, 'must be one line'],
    ['an unknown language', one('title: { en: Cart, vn: Cart }', STEPS), 3, 'title.vn: is not known'],
    ['a title that is a list', one('title: [Cart]', STEPS), 3, 'must be a text'],
    ['an unknown field', one('title: Cart', STEPS, 'run: kubectl delete'), 5, 'runbooks.0.run: is not known'],
    ['no steps', one('title: Cart', 'steps: []'), 4, 'at least one'],
    ['broken YAML', 'runbooks:\n  - name: "cart', 2, ''],
    ['a list at the top', '- name: cart-down', 1, 'the file'],
    ['a key that is there twice', one('title: Cart', 'title: Basket', STEPS), 4, ''],
  ])('is refused for %s, with its line', (_, text, line, problem) => {
    expect(() => parseRunbooks(text)).toThrow(
      expect.objectContaining({ name: 'YamlFileError', line, message: expect.stringContaining(problem) }),
    )
  })

  it('is refused for a name that is there twice', () => {
    const text = `${one('title: Cart', STEPS)}\n  - { name: cart-down, title: Again, steps: [/nodes] }`
    expect(() => parseRunbooks(text)).toThrow('line 5: runbooks.1.name: cart-down is there twice')
  })
})
