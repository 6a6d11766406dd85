import { describe, expect, it } from 'vitest'
import type { Health } from '../../../shared/health'
import type { TurnEvent } from '../../../server/agent/events'
import type { Audit, AuditDecision, AuditEntry } from '../../../server/audit'
import { createMetrics } from '../../../server/telemetry/metrics'
import { modelTool } from '../../support/brands'

const health: Health = {
  status: 'degraded',
  version: '0.1.0',
  process: { status: 'ok', uptimeSeconds: 1, turns: 3 },
  model: { status: 'degraded', name: 'm', server: 'http://127.0.0.1', demo: false },
  mcp: { status: 'ok', state: 'ready', transport: 'http', tools: 1, sessions: 1 },
  cluster: { status: 'down', demo: false },
}

const usage = { promptTokens: 120, completionTokens: 7 }
const call = (id: string, name: string): TurnEvent => ({
  type: 'tool-call',
  call: { id, name: modelTool(name), arguments: {} },
})
const result = (id: string, status: 'ok' | 'error'): TurnEvent => ({
  type: 'tool-result',
  id,
  outcome: { status, durationMs: 40, forModel: '', forPerson: { kind: 'text', text: '' } },
})

async function linesAfter(events: TurnEvent[]): Promise<string[]> {
  const metrics = await createMetrics()
  const report = metrics.report((name) => name === 'kubectl_get')
  for (const event of events) report.see(event)
  report.end()
  return (await metrics.text(health)).body.split('\n')
}

describe('metrics', () => {
  it('count a turn, its tokens, and its calls by tool and outcome', async () => {
    const lines = await linesAfter([
      { type: 'step-start' },
      call('1', 'kubectl_get'),
      call('2', 'made up {injected="1"}'),
      result('1', 'ok'),
      result('2', 'error'),
      { type: 'step-end' },
      { type: 'finish', reason: 'stop', usage },
    ])
    expect(lines).toEqual(
      expect.arrayContaining([
        'k8s_ai_assistant_turns_total{reason="stop"} 1',
        'k8s_ai_assistant_turn_duration_seconds_count 1',
        'k8s_ai_assistant_model_tokens_total{direction="input"} 120',
        'k8s_ai_assistant_model_tokens_total{direction="output"} 7',
        'k8s_ai_assistant_tool_calls_total{tool="kubectl_get",outcome="ok"} 1',
        'k8s_ai_assistant_tool_calls_total{tool="unknown",outcome="error"} 1',
      ]),
    )
    expect(lines.join('\n')).not.toContain('injected')
  })

  it('measure the first token once for each step, also if it is reasoning or a call', async () => {
    const step: TurnEvent[] = [{ type: 'step-start' }, { type: 'reasoning-delta', text: 'a' }]
    const lines = await linesAfter([...step, { type: 'text-delta', text: 'b' }, ...step, { type: 'step-start' }])
    expect(lines).toContain('k8s_ai_assistant_model_time_to_first_token_seconds_count 2')
  })

  it('show the present state of each connection alone', async () => {
    const lines = await linesAfter([])
    for (const [link, state] of [
      ['model', 'degraded'],
      ['mcp', 'ok'],
      ['cluster', 'down'],
    ] as const) {
      const ofLink = lines.filter((line) => line.startsWith(`k8s_ai_assistant_link_state{link="${link}"`))
      expect(ofLink.filter((line) => line.endsWith(' 1'))).toEqual([
        `k8s_ai_assistant_link_state{link="${link}",state="${state}"} 1`,
      ])
      expect(ofLink).toHaveLength(3)
    }
    expect(lines).toContain('k8s_ai_assistant_turns_running 3')
  })

  it('count each decision once, though an approved change has two lines', async () => {
    const metrics = await createMetrics()
    const recorded: AuditEntry[] = []
    const file: Audit = { record: async (entry) => void recorded.push(entry), close: async () => undefined }
    const audit = metrics.counting(file)
    const entry = (decision: AuditDecision, outcome: AuditEntry['outcome']): AuditEntry => ({
      ...{ user: 'ada', turn: 't', request: 'r', call: 'c', tool: 'kubectl_scale', arguments: {} },
      ...{ decision, outcome, durationMs: 1 },
    })
    await audit.record(entry('read', 'ok'))
    await audit.record(entry('requested', 'pending'))
    await audit.record(entry('approved', 'pending'))
    await audit.record(entry('approved', 'ok'))
    await audit.record(entry('refused', 'error'))
    const { body } = await metrics.text(health)
    const counts = body.split('\n').filter((line) => line.startsWith('k8s_ai_assistant_approvals_total'))
    expect(counts.map((line) => line.replace(/.*decision="(\w+)"} /, '$1 '))).toEqual([
      ...['requested 1', 'approved 1', 'declined 0', 'expired 0', 'refused 1'],
    ])
    expect(recorded).toHaveLength(5)
  })
})
