/**
 * Formats a table as CSV (RFC 4180). Cells stay exactly as the cluster returned them: no apostrophe before `=` or `+`,
 * since an altered copy is worse here than a formula; "paste as text" prevents formulas.
 */
function field(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** @returns heading and rows as CSV, without a final line break */
export function toCsv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, ...rows].map((cells) => cells.map(field).join(',')).join('\r\n')
}
