/** Log lines: format, severity, and grouping. */
export * from './blocks'
export * from './json-line'
export * from './marks'
export * from './readable'
export * from './severity'
export * from './terminal'
