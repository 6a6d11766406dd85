/** The writing tools except Helm's, in the order that the model sees. */
import type { WriteTool } from '../../changes/types'
import { kubectlApply } from './apply'
import { kubectlCordon } from './cordon'
import { kubectlCreate } from './create'
import { kubectlDelete } from './delete'
import { kubectlDrain } from './drain'
import { kubectlAnnotate, kubectlLabel } from './metadata'
import { kubectlPatch } from './patch/patch'
import { kubectlRolloutChange } from './rollout/rollout'
import { kubectlScale } from './scale'
import { kubectlSet } from './set'

export { rolloutEffect } from './rollout/rollout'

export const writeTools: readonly WriteTool[] = [
  kubectlApply,
  kubectlCreate,
  kubectlPatch,
  kubectlSet,
  kubectlScale,
  kubectlRolloutChange,
  kubectlLabel,
  kubectlAnnotate,
  kubectlDelete,
  kubectlCordon,
  kubectlDrain,
]
