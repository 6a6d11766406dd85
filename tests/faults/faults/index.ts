/** All faults, in the order of the table. */
import type { Fault } from '../fault'
import { apiServer } from './api-server'
import { approvedWrite } from './approved-write'
import { frames } from './frames'
import { kubeconfig } from './kubeconfig'
import { mcpForgotten } from './mcp-forgotten'
import { mcpGarbage } from './mcp-garbage'
import { mcpHung } from './mcp-hung'
import { mcpKilled } from './mcp-killed'
import { modelKilled } from './model-killed'
import { pageGone } from './page-gone'
import { serverStopped } from './server-stopped'

export const FAULTS: Fault[] = [
  ...mcpKilled,
  ...approvedWrite,
  ...mcpForgotten,
  ...mcpHung,
  ...mcpGarbage,
  ...kubeconfig,
  ...apiServer,
  ...modelKilled,
  ...frames,
  ...pageGone,
  ...serverStopped,
]
