/** The Kubernetes objects of the demo cluster. */
export type * from './core'
export type * from './meta'
export type * from './network'
export type * from './pods'
export type * from './workloads'
