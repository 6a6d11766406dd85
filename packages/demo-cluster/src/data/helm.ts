/** The demo's Helm release: monitoring, installed and upgraded a day later. */
import type { StringMap } from '../types'
import { DAY, PLATFORM_AGE } from './workload'

export const helmRelease = {
  name: 'prometheus',
  namespace: 'monitoring',
  chart: { apiVersion: 'v2', name: 'prometheus', description: 'A monitoring system' },
  defaults: { replicas: 1, server: { retention: '15d' }, basicAuth: { username: 'admin', password: '' } },
  /** Objects of the release: `helm uninstall` deletes them. */
  objects: [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'prometheus', namespace: 'monitoring' } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'prometheus', namespace: 'monitoring' } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'prometheus-config', namespace: 'monitoring' } },
  ],
  revisions: [
    {
      age: PLATFORM_AGE,
      version: '27.10.0',
      appVersion: 'v3.3.1',
      description: 'Install complete',
      values: { basicAuth: { password: 'demo-password-of-no-prometheus' } },
    },
    {
      age: PLATFORM_AGE - DAY,
      version: '27.13.0',
      appVersion: 'v3.4.0',
      description: 'Upgrade complete',
      values: { server: { retention: '30d' }, basicAuth: { password: 'demo-password-of-no-prometheus' } },
    },
  ],
}

/** Labels and annotations that Helm sets on a release's objects. */
export function helmMarks(
  kind: string,
  namespace: string,
  name: string,
): { labels?: StringMap; annotations?: StringMap } {
  const { objects, name: release, namespace: own } = helmRelease
  if (namespace !== own || !objects.some((each) => each.kind === kind && each.metadata.name === name)) return {}
  return {
    labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: { 'meta.helm.sh/release-name': release, 'meta.helm.sh/release-namespace': own },
  }
}
