/** All measures, in the order in which they run: those that a warm machine disturbs least come last. */
import type { Measure } from '../result'
import { coldStart } from './cold-start'
import { firstLoad } from './first-load'
import { firstToken } from './first-token'
import { largeResult } from './large-result'
import { pageTime } from './page-time'
import { redaction } from './redaction'
import { showPods } from './show-pods'
import { streams } from './streams'
import { toolRound } from './tool-round'

export const MEASURES: Record<string, Measure> = {
  'first-token': firstToken,
  'tool-round': toolRound,
  'show-pods': showPods,
  'large-result': largeResult,
  redaction,
  'cold-start': coldStart,
  'first-load': firstLoad,
  'page-time': pageTime,
  streams,
}
