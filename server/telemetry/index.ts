/** Metrics and traces of the process; off unless configured. */
import type { Health } from '#shared/health'
import type { ModelToolName } from '#shared/tool-names'
import type { Audit } from '../audit'
import type { OperationConfig } from '../config/operation'
import type { TurnReport, TurnRequest } from '../turns/turn'
import { createMetrics } from './metrics'
import { createTraces } from './traces'

export interface Telemetry {
  /** Receives a turn's events, and hands them on. */
  report: (
    turn: Pick<TurnRequest, 'model' | 'conversationId'>,
    isTool: (name: ModelToolName) => boolean,
    log: TurnReport,
  ) => TurnReport
  counting: (audit: Audit) => Audit
  /** Absent: no metrics. */
  metricsText?: (health: Health) => Promise<{ contentType: string; body: string }>
  close: () => Promise<void>
}

export async function openTelemetry(config: Pick<OperationConfig, 'metrics' | 'traces'>): Promise<Telemetry> {
  const [metrics, traces] = await Promise.all([
    config.metrics ? createMetrics() : undefined,
    config.traces ? createTraces() : undefined,
  ])
  return {
    report: (turn, isTool, log) => joined([log, metrics?.report(isTool), traces?.report(turn, isTool)]),
    counting: (audit) => metrics?.counting(audit) ?? audit,
    ...(metrics && { metricsText: metrics.text }),
    close: async () => await traces?.close(),
  }
}

function joined(each: readonly (TurnReport | undefined)[]): TurnReport {
  const reports = each.filter((report) => report !== undefined)
  const [only] = reports
  // Without metrics and traces, a token costs nothing here.
  if (only && reports.length === 1) return only
  return {
    see: (event) => reports.forEach((report) => report.see(event)),
    failed: (error) => reports.forEach((report) => report.failed(error)),
    end: () => reports.forEach((report) => report.end()),
  }
}
