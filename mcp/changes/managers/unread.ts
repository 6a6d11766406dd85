/** What could not be checked is reported: silence would say that there is nothing. */
import type { ResultNote } from '../../../shared/result'
import { fact } from './fact'

/** @param what kinds in the plural, e.g. `HorizontalPodAutoscalers` */
export function notChecked(what: string, reason: string): ResultNote {
  return fact('not-checked', '{what} could not be checked: {reason}.', { what, reason })
}
