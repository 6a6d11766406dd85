import { expect, it } from 'vitest'
import type { ResultPart } from '../../../../shared/result'
import { ownEvents } from '../../../../utils/object/ownEvents'

const events = (...objects: string[]): ResultPart => ({
  kind: 'table',
  columns: ['LAST SEEN', 'OBJECT', 'MESSAGE', 'FIRST SEEN'],
  rows: objects.map((object) => ['1m', object, 'failed', '2m']),
  wide: [3],
})

it('leaves out the object that all events have, and keeps the wide columns', () => {
  expect(ownEvents(events('pod/a', 'pod/a'))).toMatchObject({
    columns: ['LAST SEEN', 'MESSAGE', 'FIRST SEEN'],
    rows: [
      ['1m', 'failed', '2m'],
      ['1m', 'failed', '2m'],
    ],
    wide: [2],
  })
})

it('keeps it if the objects differ', () => {
  const both = events('pod/a', 'pod/b')
  expect(ownEvents(both)).toBe(both)
})
