/** The reading tools, in the order in which a model sees them: what is used most comes first. */
import { kubectlDescribe } from './describe'
import { kubectlEvents } from './events'
import { kubectlExplain } from './explain'
import { kubectlGet } from './get'
import { helmHistory, helmList, helmValues } from './helm'
import { kubectlLogs } from './logs'
import { kubectlRollout } from './rollout'
import type { ReadTool } from './tool'
import { kubectlTop } from './top'

export const readTools: readonly ReadTool[] = [
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
