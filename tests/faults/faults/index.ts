/** All faults, in the order of the table. */
import type { Fault } from '../fault'
import { frames } from './frames'
import { mcpForgotten } from './mcp-forgotten'
import { mcpGarbage } from './mcp-garbage'
import { mcpHung } from './mcp-hung'
import { mcpKilled } from './mcp-killed'
import { modelKilled } from './model-killed'

export const FAULTS: Fault[] = [...mcpKilled, ...mcpForgotten, ...mcpHung, ...mcpGarbage, ...modelKilled, ...frames]
