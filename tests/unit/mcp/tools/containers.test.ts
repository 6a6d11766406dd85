import { describe, expect, it } from 'vitest'
import {
  containerStates,
  environmentSection,
  stateText,
  volumesSection,
} from '../../../../mcp/tools/describe/containers'

const now = Date.parse('2026-11-29T12:00:00Z')

const pod = {
  spec: {
    initContainers: [
      { name: 'migrate', image: 'migrate:1' },
      { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' },
    ],
    containers: [
      {
        name: 'app',
        image: 'app:1',
        env: [
          { name: 'DB_PASSWORD', value: 'canary-in-env' },
          { name: 'LOG_LEVEL', value: 'debug' },
          { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'app', key: 'token' } } },
        ],
        envFrom: [{ configMapRef: { name: 'settings' } }],
        volumeMounts: [
          { name: 'tls', mountPath: '/etc/tls' },
          { name: 'kube-api-access-x', mountPath: '/var/run/secrets' },
        ],
      },
    ],
    volumes: [
      { name: 'tls', secret: { secretName: 'web-tls', defaultMode: 420 } },
      { name: 'kube-api-access-x', projected: {} },
    ],
  },
  status: {
    initContainerStatuses: [
      {
        name: 'migrate',
        ready: false,
        restartCount: 7,
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s\nrestarting' } },
        lastState: {
          terminated: {
            exitCode: 2,
            reason: 'Error',
            startedAt: '2026-11-29T11:57:00Z',
            finishedAt: '2026-11-29T11:58:00Z',
            message: 'no such table',
          },
        },
      },
    ],
    containerStatuses: [
      {
        name: 'app',
        ready: true,
        restartCount: 3,
        state: { running: { startedAt: '2026-11-29T11:55:00Z' } },
        lastState: { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: '2026-11-29T11:55:00Z' } },
      },
    ],
  },
}

describe('containerStates', () => {
  const [section] = containerStates(pod, now)
  const rowOf = (name: string) => section?.rows?.find(([first]) => first === name)

  it('shows the state, restarts and last run of an init container', () => {
    expect(rowOf('migrate (init)')).toEqual([
      ...['migrate (init)', 'false', 'waiting: CrashLoopBackOff, back-off 5m0s restarting', '7'],
      ...['Error, exit code 2, 2m ago after 60s, no such table', 'migrate:1'],
    ])
  })

  it('shows that a running container was killed for its memory', () => {
    expect(rowOf('app')).toEqual(['app', 'true', 'running for 5m', '3', 'OOMKilled, exit code 137, 5m ago', 'app:1'])
  })

  it('lists a container without a status and names a sidecar', () => {
    expect(rowOf('proxy (sidecar)')).toEqual(['proxy (sidecar)', '', '', '', '', 'proxy:1'])
  })
})

describe('stateText', () => {
  it('tells a signal, and nothing of an empty state', () => {
    expect(stateText({ terminated: { exitCode: 143, signal: 15 } }, now)).toBe('terminated, exit code 143, signal 15')
    expect(stateText({}, now)).toBe('')
  })
})

describe('environmentSection', () => {
  it('masks values whose name promises a credential and names the source of others', () => {
    const text = JSON.stringify(environmentSection(pod))
    expect(text).not.toContain('canary-in-env')
    expect(environmentSection(pod)[0]?.rows).toEqual([
      ['app', '(all keys)', 'ConfigMap settings'],
      ['app', 'DB_PASSWORD', '<redacted>'],
      ['app', 'LOG_LEVEL', 'debug'],
      ['app', 'TOKEN', 'Secret app, key token'],
    ])
  })
})

describe('volumesSection', () => {
  it('names the source and the mounts, without the API token', () => {
    expect(volumesSection(pod)[0]?.rows).toEqual([['tls', 'secret', 'web-tls', 'app:/etc/tls']])
  })
})
