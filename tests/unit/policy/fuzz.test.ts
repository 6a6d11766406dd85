import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../../server/agent/policy'

/** The same numbers at every run. */
function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const WORDS = [
  ...['get', 'pods', 'deployment/web', 'secrets', 'secret/x', 'rollout', 'status', 'restart', 'scale', 'delete', 'top'],
  ...[
    '-n',
    '-nshop',
    '-n=shop',
    '-A',
    '-A=false',
    '-o',
    '-oyaml',
    '-o=json',
    '-ogo-template-file=/etc/passwd',
    '-w',
    '-f',
  ],
  ...['--namespace', '--namespace=shop', '--context', '--context=admin', '--token=x', '--as=admin', '--raw=/api', '--'],
  ...['--dry-run', '--dry-run=server', '--dry-run=none', '--dry_run=server', '--replicas=0', '--all', '--watch=false'],
  ...[
    '',
    '-',
    '---',
    '=',
    '-=',
    '--=',
    '\n',
    '*',
    'a b',
    '-l',
    '-lapp=x',
    '--selector',
    'app=web',
    '--recursive',
    'x-',
  ],
]

/** What must never be in a command that runs unasked, wherever it stands. */
const NEVER = /^(--?(context|token|as|raw|recursive|f|w)\b|-o.*file|--$|-$|---)|secret/

describe('generic kubectl, from random words', () => {
  it('reads nothing that it should not, and never throws', () => {
    const policy = createPolicy({ mode: 'approve' })
    const random = randomOf(7)
    const word = () => WORDS[random(WORDS.length)] ?? ''
    const some = (most: number) => Array.from({ length: random(most) }, word)
    let reads = 0
    for (let n = 0; n < 60_000; n++) {
      const args = some(5)
      const call = {
        command: ['get', 'rollout', 'scale', 'delete', 'top', word()][random(6)],
        ...(random(2) && { subCommand: word() }),
        ...(random(2) && { resourceType: word() }),
        ...(random(3) === 0 && { name: word() }),
        ...(random(4) === 0 && { flags: { [word().replace(/^-+/, '')]: word() } }),
        args,
      }
      if (policy.decide('kubectl_generic', call).kind !== 'read') continue
      reads++
      // A namespace or a label may well be called `secrets`.
      const own = args.filter((_, at) => !/^(-[nl]|--namespace|--selector)$/.test(args[at - 1] ?? ''))
      const line = [call.command, call.subCommand, call.resourceType, call.name, ...own].filter((each) => each)
      expect(
        line.filter((each) => typeof each === 'string' && NEVER.test(each)),
        JSON.stringify(call),
      ).toEqual([])
      const words = line.filter((each) => typeof each === 'string' && !each.startsWith('-'))
      const changes = ['scale', 'delete', 'rollout restart'].some((verb) => words.join(' ').startsWith(verb))
      if (changes) expect(JSON.stringify(call), JSON.stringify(call)).toMatch(/dry-run[="':]+server/)
    }
    expect(reads).toBeGreaterThan(100)
  })
})
