/** Log lines: how they look, how severe they are, and which of them belong together. */
export * from './blocks'
export * from './json-line'
export * from './marks'
export * from './readable'
export * from './severity'
export * from './terminal'
