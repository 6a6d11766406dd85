/** Prometheus metrics of turns, tool calls, approvals and connections. prom-client is loaded only if they are on. */
import type { Health } from '#shared/health'
import { linkStateSchema } from '#shared/health'
import type { ModelToolName } from '#shared/tool-names'
import type { TurnReport } from '../turns/turn'
import type { Audit, AuditDecision } from '../audit'

export interface Metrics {
  /** Counts one turn by its events. @param isTool whether a tool of this name exists: a model writes any name */
  report: (isTool: (name: ModelToolName) => boolean) => TurnReport
  /** Counts decisions about changes. */
  counting: (audit: Audit) => Audit
  /** The metrics in Prometheus' text format. */
  text: (health: Health) => Promise<{ contentType: string; body: string }>
}

/** Upper bounds in seconds: small models on CPUs take minutes. */
const TURN_SECONDS = [0.5, 1, 2, 5, 10, 20, 40, 60, 120, 300, 600]
const TOKEN_SECONDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 40, 60, 120, 300]
const CALL_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

const APPROVAL_DECISIONS: readonly AuditDecision[] = ['requested', 'approved', 'declined', 'expired', 'refused']

/** The label of a name that no tool has: any other would let the model make series without end. */
const NO_TOOL = 'unknown'

export async function createMetrics(): Promise<Metrics> {
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await import('prom-client')
  const registry = new Registry()
  // Memory, CPU, garbage collection and the lag of the event loop.
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const named = (name: string, help: string) => ({ name: `k8s_ai_assistant_${name}`, help, registers })
  const turns = new Counter({ ...named('turns_total', 'Turns by how they ended.'), labelNames: ['reason'] })
  const turnSeconds = new Histogram({
    ...named('turn_duration_seconds', 'How long turns took.'),
    buckets: TURN_SECONDS,
  })
  const errors = new Counter({ ...named('turn_errors_total', 'Errors shown to users, by code.'), labelNames: ['code'] })
  const tokens = new Counter({
    ...named('model_tokens_total', 'Tokens as the model server counts them.'),
    labelNames: ['direction'],
  })
  const firstToken = new Histogram({
    ...named('model_time_to_first_token_seconds', 'From a request to the model to its first token.'),
    buckets: TOKEN_SECONDS,
  })
  const calls = new Counter({
    ...named('tool_calls_total', 'Tool calls by tool and outcome.'),
    labelNames: ['tool', 'outcome'],
  })
  const callSeconds = new Histogram({
    ...named('tool_call_duration_seconds', 'How long tool calls took.'),
    labelNames: ['tool'],
    buckets: CALL_SECONDS,
  })
  const approvals = new Counter({
    ...named('approvals_total', 'Approvals that were requested, and the answers.'),
    labelNames: ['decision'],
  })
  const running = new Gauge(named('turns_running', 'Turns that run now.'))
  const links = new Gauge({
    ...named('link_state', '1 for the present state of the model server, the MCP session and the cluster.'),
    labelNames: ['link', 'state'],
  })
  for (const decision of APPROVAL_DECISIONS) approvals.inc({ decision }, 0)

  return {
    report: (isTool) => {
      const startedAt = performance.now()
      let stepAt: number | undefined
      const names = new Map<string, string>()
      return {
        see: (event) => {
          switch (event.type) {
            case 'step-start':
              stepAt = performance.now()
              break
            case 'text-delta':
            case 'reasoning-delta':
            case 'tool-call':
              if (stepAt !== undefined) firstToken.observe(secondsSince(stepAt))
              stepAt = undefined
              if (event.type === 'tool-call')
                names.set(event.call.id, isTool(event.call.name) ? event.call.name : NO_TOOL)
              break
            case 'tool-result': {
              const { status, durationMs } = event.outcome
              const tool = names.get(event.id) ?? NO_TOOL
              calls.inc({ tool, outcome: status })
              callSeconds.observe({ tool }, durationMs / 1000)
              break
            }
            case 'error':
              errors.inc({ code: event.code })
              break
            case 'finish':
              turns.inc({ reason: event.reason })
              tokens.inc({ direction: 'input' }, event.usage.promptTokens)
              tokens.inc({ direction: 'output' }, event.usage.completionTokens)
              break
          }
        },
        failed: () => undefined,
        end: () => turnSeconds.observe(secondsSince(startedAt)),
      }
    },
    counting: (audit) => ({
      ...(audit.recentWrites && { recentWrites: (since) => audit.recentWrites?.(since) ?? Promise.resolve([]) }),
      record: async (entry) => {
        const { decision, outcome } = entry
        // An approved change has a second line, with its outcome.
        if (APPROVAL_DECISIONS.includes(decision) && (decision !== 'approved' || outcome === 'pending'))
          approvals.inc({ decision })
        await audit.record(entry)
      },
      close: () => audit.close(),
    }),
    text: async (health) => {
      running.set(health.process.turns)
      const states = { model: health.model.status, mcp: health.mcp.status, cluster: health.cluster.status }
      for (const [link, now] of Object.entries(states))
        for (const state of linkStateSchema.options) links.set({ link, state }, now === state ? 1 : 0)
      return { contentType: registry.contentType, body: await registry.metrics() }
    },
  }
}

function secondsSince(at: number): number {
  return (performance.now() - at) / 1000
}
