/** The read tools in the order that the model sees: the most used first. */
import { kubectlDescribe } from './describe'
import { diagnose } from './diagnose'
import { kubectlEvents } from './events'
import { kubectlExplain } from './explain'
import { kubectlGet } from './get'
import { helmHistory, helmList, helmValues } from './helm'
import { kubectlLogs } from './logs'
import { kubectlRollout } from './rollout'
import type { ReadTool } from './tool'
import { kubectlTop } from './top'
import { whatChanged } from './what-changed'

export const readTools: readonly ReadTool[] = [
  diagnose,
  whatChanged,
  kubectlGet,
  kubectlDescribe,
  kubectlLogs,
  kubectlEvents,
  kubectlTop,
  kubectlRollout,
  kubectlExplain,
  helmList,
  helmHistory,
  helmValues,
]
