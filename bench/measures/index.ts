/** All measures in run order: those least disturbed by a warm machine come last. */
import type { Measure } from '../result'
import { coldStart } from './cold-start'
import { diagnoseManyPods } from './diagnose-many-pods'
import { firstLoad } from './first-load'
import { firstToken } from './first-token'
import { largeResult } from './large-result'
import { liveTable } from './live-table'
import { mcpManyPods } from './mcp-many-pods'
import { mcpSessions } from './mcp-sessions'
import { mcpStart } from './mcp-start'
import { mcpUsers } from './mcp-users'
import { pageTime } from './page-time'
import { prefill } from './prefill'
import { redaction } from './redaction'
import { showPods } from './show-pods'
import { streams } from './streams'
import { tableToLog } from './table-to-log'
import { toolRound } from './tool-round'

export const MEASURES: Record<string, Measure> = {
  'first-token': firstToken,
  'tool-round': toolRound,
  'show-pods': showPods,
  'mcp-start': mcpStart,
  'mcp-users': mcpUsers,
  'mcp-many-pods': mcpManyPods,
  'diagnose-many-pods': diagnoseManyPods,
  'mcp-sessions': mcpSessions,
  prefill,
  'large-result': largeResult,
  redaction,
  'cold-start': coldStart,
  'first-load': firstLoad,
  'page-time': pageTime,
  'table-to-log': tableToLog,
  'live-table': liveTable,
  streams,
}
