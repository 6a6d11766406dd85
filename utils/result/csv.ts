/**
 * A table as CSV after RFC 4180: CRLF between records, a field quoted where it holds a comma, a quote or a line break.
 * Cells are written exactly as the cluster gave them: no apostrophe is put before `=` or `+`, since a copy that differs
 * from its source is worse here than a formula, which a spreadsheet's "paste as text" keeps from running.
 */
function field(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** @returns heading and rows as CSV text, without a line break at the end. */
export function toCsv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, ...rows].map((cells) => cells.map(field).join(',')).join('\r\n')
}
