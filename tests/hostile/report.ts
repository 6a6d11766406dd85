/** The table of what each input got, printed where a suite ends. */
import type { Hostile } from './types'

interface Row extends Hostile {
  got: string
}

export class Report {
  private readonly rows: Row[] = []

  add({ id, kind, tried }: Hostile, got: string): void {
    this.rows.push({ id, kind, tried, got })
  }

  /** Prints the rows as a table of Markdown. */
  print(title: string): void {
    const lines = this.rows
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, kind, tried, got }) => `| ${[id, kind, tried, got].map(cell).join(' | ')} |`)
    console.log(
      [
        `\n${title}: ${lines.length} hostile inputs`,
        '| id | kind | tried | got |',
        '| --- | --- | --- | --- |',
        ...lines,
      ].join('\n'),
    )
  }
}

function cell(text: string): string {
  const line = JSON.stringify(text.length > 140 ? `${text.slice(0, 139)}…` : text).slice(1, -1)
  return line.replaceAll('\\"', '"').replaceAll('|', '\\|')
}
