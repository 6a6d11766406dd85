/**
 * OpenTelemetry traces of turns, by the semantic conventions for generative AI: `invoke_agent`, in it `chat` for each
 * request to the model, and `execute_tool`. Names and numbers alone: neither questions, answers, arguments nor results.
 */
import type { ModelToolName } from '#shared/tool-names'
import type { Span } from '@opentelemetry/api'
import packageJson from '../../package.json'
import type { TurnReport } from '../turns/turn'

export interface Traces {
  report: (
    turn: { model: string; conversationId?: string | undefined },
    isTool: (name: ModelToolName) => boolean,
  ) => TurnReport
  /** Sends the remaining spans. */
  close: () => Promise<void>
}

/** Loads the SDK, which reads OpenTelemetry's environment variables. */
export async function createTraces(): Promise<Traces> {
  const [{ context, SpanKind, SpanStatusCode, trace }, sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
    import('@opentelemetry/resources'),
  ])
  const { name, version } = packageJson
  const resource = resources
    .defaultResource()
    .merge(resources.resourceFromAttributes({ 'service.name': name, 'service.version': version }))
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
    .merge(resources.detectResources({ detectors: [resources.envDetector] }))
  const provider = new sdk.BasicTracerProvider({
    resource,
    spanProcessors: [new sdk.BatchSpanProcessor(new OTLPTraceExporter())],
  })
  const tracer = provider.getTracer(name, version)

  return {
    report: ({ model, conversationId }, isTool) => {
      const turn = tracer.startSpan(`invoke_agent ${name}`, {
        kind: SpanKind.INTERNAL,
        attributes: {
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.agent.name': name,
          'gen_ai.request.model': model,
          ...(conversationId !== undefined && { 'gen_ai.conversation.id': conversationId }),
        },
      })
      const within = trace.setSpan(context.active(), turn)
      let chat: Span | undefined
      const endChat = () => {
        chat?.end()
        chat = undefined
      }
      const calls = new Map<string, string>()
      return {
        see: (event) => {
          switch (event.type) {
            case 'step-start':
              endChat()
              chat = tracer.startSpan(
                `chat ${model}`,
                {
                  kind: SpanKind.CLIENT,
                  attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': model },
                },
                within,
              )
              break
            // The first event after the model's step.
            case 'window':
              endChat()
              break
            case 'tool-call':
              calls.set(event.call.id, isTool(event.call.name) ? event.call.name : 'unknown')
              break
            case 'tool-result': {
              const { status, durationMs } = event.outcome
              const tool = calls.get(event.id) ?? 'unknown'
              const endTime = Date.now()
              const span = tracer.startSpan(
                `execute_tool ${tool}`,
                {
                  kind: SpanKind.CLIENT,
                  startTime: endTime - durationMs,
                  attributes: {
                    'gen_ai.operation.name': 'execute_tool',
                    'gen_ai.tool.name': tool,
                    'gen_ai.tool.call.id': event.id,
                    'k8s_ai_assistant.tool.outcome': status,
                  },
                },
                within,
              )
              if (status === 'error') span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', status)
              span.end(endTime)
              break
            }
            case 'error':
              chat?.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', event.code)
              turn.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', event.code)
              break
            case 'finish':
              turn.setAttributes({
                'gen_ai.usage.input_tokens': event.usage.promptTokens,
                'gen_ai.usage.output_tokens': event.usage.completionTokens,
                'gen_ai.response.finish_reasons': [event.reason],
              })
              break
          }
        },
        failed: () => turn.setStatus({ code: SpanStatusCode.ERROR }),
        end: () => {
          endChat()
          turn.end()
        },
      }
    },
    close: () => provider.shutdown(),
  }
}
