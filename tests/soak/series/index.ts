/** All long series, in the order in which they run. A new one is a file beside this one and a line here. */
import type { Series } from '../types'
import { busyObjects } from './busy-objects'
import { changeIdentity } from './change-identity'
import { identity } from './identity'
import { large } from './large'
import { manifests } from './manifests'
import { randomChanges } from './random-changes'

export const SERIES: readonly Series[] = [identity, large, manifests, changeIdentity, randomChanges, busyObjects]
