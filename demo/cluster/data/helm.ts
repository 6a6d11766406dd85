/** The Helm release of the demo: the monitoring was installed, and upgraded a day later. */
import { DAY, PLATFORM_AGE } from './workload'

export const helmRelease = {
  name: 'prometheus',
  namespace: 'monitoring',
  chart: { apiVersion: 'v2', name: 'prometheus', description: 'A monitoring system' },
  defaults: { replicas: 1, server: { retention: '15d' }, basicAuth: { username: 'admin', password: '' } },
  /** What the release made: `helm uninstall` deletes it. */
  objects: [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'prometheus' } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'prometheus' } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'prometheus-config' } },
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
