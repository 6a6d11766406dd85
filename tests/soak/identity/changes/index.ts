/** All changes of the environment. */
import type { Change } from '../change'
import { ADDRESS_CHANGES } from './address'
import { CONTEXT_CHANGES } from './contexts'
import { CREDENTIAL_CHANGES } from './credentials'
import { FIRST_FILE_CHANGES } from './first-file'
import { POD_CHANGES } from './pod'
import { PROCESS_CHANGES } from './process'

export const CHANGES: readonly Change[] = [
  ...CONTEXT_CHANGES,
  ...FIRST_FILE_CHANGES,
  ...CREDENTIAL_CHANGES,
  ...PROCESS_CHANGES,
  ...ADDRESS_CHANGES,
  ...POD_CHANGES,
]
