/** Autoscalers, quotas, ConfigMaps and Secrets, and kinds without a description of their own. */
import { stringify } from 'yaml'
import type { Section } from '../../../shared/result'
import { at, listAt, recordAt, textAt } from '../../kubernetes/read/fields'
import type { KubeObject } from '../../kubernetes/types'
import type { KindDescription } from './kind'
import { linesSection, tableSection, type Lines } from './lines'

export const autoscaler: KindDescription = {
  first: (object) => [
    ...linesSection('Replicas', [
      ['Current', textAt(object, 'status', 'currentReplicas')],
      ['Desired', textAt(object, 'status', 'desiredReplicas')],
      ['Minimum', textAt(object, 'spec', 'minReplicas')],
      ['Maximum', textAt(object, 'spec', 'maxReplicas')],
      [
        'Scales',
        `${textAt(object, 'spec', 'scaleTargetRef', 'kind')}/${textAt(object, 'spec', 'scaleTargetRef', 'name')}`,
      ],
    ]),
    ...tableSection('Metrics', ['METRIC', 'CURRENT', 'TARGET'], metricRows(object)),
  ],
}

function metricRows(object: KubeObject): string[][] {
  const current = listAt(object, 'status', 'currentMetrics')
  return listAt(object, 'spec', 'metrics').map((metric) => {
    const { field, name } = metricName(metric)
    const now = current.find(
      (each) => textAt(each, field, 'name') === name || textAt(each, field, 'metric', 'name') === name,
    )
    return [name, metricValue(at(now, field, 'current')) || 'unknown', metricValue(at(metric, field, 'target'))]
  })
}

function metricName(metric: unknown): { field: string; name: string } {
  const type = textAt(metric, 'type')
  const field = type.charAt(0).toLowerCase() + type.slice(1)
  return { field, name: textAt(metric, field, 'name') || textAt(metric, field, 'metric', 'name') }
}

function metricValue(value: unknown): string {
  const share = textAt(value, 'averageUtilization')
  return share === '' ? textAt(value, 'averageValue') || textAt(value, 'value') : `${share}%`
}

export const quota: KindDescription = {
  first(object) {
    const used = recordAt(object, 'status', 'used')
    const rows = Object.entries(recordAt(object, 'status', 'hard')).map(([name, hard]) => [
      name,
      textAt(used, name),
      textAt(hard),
    ])
    return tableSection('Quota', ['RESOURCE', 'USED', 'HARD'], rows)
  },
}

/** Keys and sizes; the values are in the YAML, masked if secret. */
export const dataHolder: KindDescription = {
  details(object) {
    const entries = [...Object.entries(recordAt(object, 'data')), ...Object.entries(recordAt(object, 'binaryData'))]
    const isBase64 = (name: string) => object.kind === 'Secret' || name in recordAt(object, 'binaryData')
    const rows = entries.map(([name, value]) => [name, `${byteLength(textAt(value), isBase64(name))} bytes`])
    return [
      ...linesSection('Details', [
        ['Type', textAt(object, 'type')],
        ['Immutable', textAt(object, 'immutable')],
      ]),
      ...tableSection('Data', ['KEY', 'SIZE'], rows, rows.length === 0 ? 'no keys' : undefined),
    ]
  },
}

function byteLength(value: string, isBase64: boolean): number {
  return Buffer.byteLength(value, isBase64 ? 'base64' : 'utf8')
}

/** Fields that other sections show. */
const SHOWN = new Set(['conditions', 'observedGeneration', 'phase', 'reason', 'message'])

/** Scalar status fields first, then the spec. */
export const anything: KindDescription = {
  first(object) {
    const lines = Object.entries(recordAt(object, 'status')).flatMap(([name, value]): Lines =>
      SHOWN.has(name) ? [] : [[name, textAt(value)]],
    )
    return linesSection('Status', lines)
  },
  details(object) {
    const { apiVersion: _, kind: __, metadata: ___, status, spec, ...rest } = object
    return [
      ...yamlSection('Spec', spec),
      ...yamlSection('Fields', rest),
      ...yamlSection('Status in full', nested(status)),
    ]
  },
}

function nested(status: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(recordAt(status)).filter(([name, value]) => !SHOWN.has(name) && typeof value === 'object'),
  )
}

function yamlSection(title: string, value: unknown): Section[] {
  const isEmpty = typeof value !== 'object' || value === null || Object.keys(value).length === 0
  return isEmpty ? [] : [{ title, text: stringify(value, { lineWidth: 0 }).trimEnd() }]
}
