/** Reports failed checks: silence would mean that nothing was found. */
import type { ResultNote } from '../../../shared/result'
import { fact } from './fact'

/** @param what plural kind names, e.g. `HorizontalPodAutoscalers` */
export function notChecked(what: string, reason: string): ResultNote {
  return fact('not-checked', '{what} could not be checked: {reason}.', { what, reason })
}
