/** The only place that decides about health, for the page, the tools and the model. */
export { compareVerdicts } from './health'
export { hasHealth, needsObject, objectHealth } from './object-health'
export { relatedOf } from './related'
export { rowHealth } from './table/row-health'
export { tableHealth, textTableHealth } from './table/table-health'
