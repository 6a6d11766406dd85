/** All faults, in the order of the table. */
import type { Fault } from '../fault'
import { frames } from './frames'
import { mcpKilled } from './mcp-killed'
import { modelKilled } from './model-killed'

export const FAULTS: Fault[] = [...mcpKilled, ...modelKilled, ...frames]
