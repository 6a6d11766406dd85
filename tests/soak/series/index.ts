/** All long series in run order. To add one, add a file and a line here. */
import type { Series } from '../types'
import { busyObjects } from './busy-objects'
import { changeIdentity } from './change-identity'
import { conversations } from './conversations'
import { identity } from './identity'
import { large } from './large'
import { manifests } from './manifests'
import { randomChanges } from './random-changes'
import { redactionTime } from './redaction-time'

export const SERIES: readonly Series[] = [
  identity,
  large,
  manifests,
  changeIdentity,
  randomChanges,
  busyObjects,
  redactionTime,
  conversations,
]
