/** Cells that show more than their text: growing ages, bars, and the times of events. */
import { growsWithTime } from './cellAge'
import { cellBars, type Bar } from './cellBars'
import { axisOf, placeOn, type Span } from './eventSpans'
import type { HealthTable } from './tableHealth'
import type { Row } from './tableView'

export interface SpecialCell {
  /** The text is an age that grows. */
  isAge: boolean
  bar?: Bar
  /** When the event began and was last seen, and its place on the axis of all events. */
  time?: { span: Span; tone: Bar['tone']; place?: { start: number; width: number } }
}

export interface SpecialCells {
  /** The columns that have them, by their index, with the width that they need beside the text. */
  columns: ReadonlyMap<number, string>
  at: (row: Row, column: number) => SpecialCell
}

const BAR = '3.5rem'
/** Bar and two times. */
const TIMES = '13rem'

export function specialCells({ columns, rows, spans, verdicts }: HealthTable): SpecialCells {
  const bars = cellBars(columns, rows)
  const axis = axisOf(spans.values())
  const lastSeen = spans.size > 0 ? columns.indexOf('LAST SEEN') : -1
  const ages = columns.map(growsWithTime)
  const extra = (column: number): string => (column === lastSeen ? TIMES : bars.has(column) ? BAR : '0rem')
  return {
    columns: new Map(
      columns.flatMap((_, column) => (ages[column] === true || bars.has(column) ? [[column, extra(column)]] : [])),
    ),
    at: (row, column) => {
      const bar = bars.get(column)?.(row)
      const span = column === lastSeen ? spans.get(row) : undefined
      return {
        isAge: ages[column] === true,
        ...(bar && { bar }),
        ...(span && {
          time: {
            span,
            tone: verdicts.get(row) === 'bad' ? 'bad' : 'plain',
            ...(axis && { place: placeOn(axis, span) }),
          },
        }),
      }
    },
  }
}
