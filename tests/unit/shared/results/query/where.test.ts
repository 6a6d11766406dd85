import { describe, expect, it } from 'vitest'
import { readWhere } from '../../../../../shared/results/query/where'

const columns = ['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'LAST SEEN']
const rows = [
  ['shop', 'cart-1', '0/1', 'CrashLoopBackOff', '12 (2m ago)', '3d', '5m'],
  ['shop', 'web-1', '1/1', 'Running', '0', '20m', '2h'],
  ['data', 'db-0', '2/3', 'Pending', '1', '8d', '1s'],
]

function names(where: string, health: string[] = []): string[] {
  const read = readWhere(columns, where, ['health'])
  if ('unknown' in read) throw new Error(read.unknown)
  return rows.filter((row, at) => read.test(row, { health: health[at] ?? '' })).map((row) => row[1] ?? '')
}

describe('readWhere', () => {
  it.each([
    ['STATUS=running', ['web-1']],
    ['status == Pending|CrashLoopBackOff', ['cart-1', 'db-0']],
    ['STATUS!=Running', ['cart-1', 'db-0']],
    ['NAME~CART|db', ['cart-1', 'db-0']],
    ['NAME!~cart', ['web-1', 'db-0']],
    ['NAMESPACE=shop, STATUS=Running', ['web-1']],
    ['namespace=shop and restarts>5', ['cart-1']],
    ['RESTARTS=12', ['cart-1']],
    ['READY=1/1', ['web-1']],
    ['AGE<1h', ['web-1']],
    ['AGE >= 3d', ['cart-1', 'db-0']],
    ['last seen>1h', ['web-1']],
    ['STATUS="Running"', ['web-1']],
    ['RESTARTS>many', []],
    ['', ['cart-1', 'web-1', 'db-0']],
  ])('%s', (where, expected) => expect(names(where)).toEqual(expected))

  it('reads values beside the columns', () => {
    expect(names('health=bad', ['bad', 'ok', 'waiting'])).toEqual(['cart-1'])
  })

  it.each([
    ['ZONE=a', 'ZONE'],
    ['the crashing ones', 'the crashing ones'],
  ])('names what it does not understand of %s', (where, unknown) =>
    expect(readWhere(columns, where)).toEqual({ unknown }),
  )
})
