/** All changes of the environment. */
import type { Way } from '../way'
import { ADDRESS_WAYS } from './address'
import { CREDENTIAL_WAYS } from './credentials'
import { KUBECONFIG_WAYS } from './kubeconfig'
import { PROCESS_WAYS } from './process'
import { RIGHTS_WAYS } from './rights'

export const WAYS: readonly Way[] = [
  ...KUBECONFIG_WAYS,
  ...CREDENTIAL_WAYS,
  ...PROCESS_WAYS,
  ...ADDRESS_WAYS,
  ...RIGHTS_WAYS,
]
