/** Variables for operating the server: ports of their own for metrics and Rancher, and traces. */
import { variable } from './about'
import { address } from './server'
import { digits, httpUrl } from './types'

export const operationVariables = {
  METRICS_PORT: variable(digits(1, 65_535).optional(), {
    group: 'operation',
    text: 'Port of `GET /metrics` for Prometheus: plain HTTP without a login. See [operate/metrics.md](operate/metrics.md).',
    otherwise: 'no metrics',
    programs: ['app'],
    example: '9464',
  }),
  METRICS_HOST: variable(address.default('127.0.0.1'), {
    group: 'operation',
    text: 'Address of that port. Any client that reaches it can read the metrics.',
    programs: ['app'],
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(httpUrl('http://127.0.0.1:4318').optional(), {
    group: 'operation',
    text: "URL of an OpenTelemetry collector (OTLP over HTTP) for traces; OpenTelemetry's other variables hold too.",
    otherwise: 'no traces',
    programs: ['app'],
    example: 'http://127.0.0.1:4318',
  }),
  EXTENSION_PORT: variable(digits(1, 65_535).optional(), {
    group: 'operation',
    text: "Port on `HOST` that serves the Rancher extension's files over plain HTTP, for Rancher to fetch.",
    otherwise: 'not served',
    programs: ['app'],
    example: '8006',
  }),
}
