/** Variables of changes: mode, rules, approvals, Helm. */
import { z } from 'zod'
import { variable } from './about'
import { choice, COMMA, flag, list, strictFlag, text } from './types'

/** An https repository without credentials, an `oci://` prefix, or an absolute path. */
function isChartSource(entry: string): boolean {
  if (/^(\/|[A-Za-z]:[\\/])/.test(entry)) return true
  if (!URL.canParse(entry)) return false
  const { protocol, username, password } = new URL(entry)
  return protocol === 'oci:' || (protocol === 'https:' && username === '' && password === '')
}

const redisUrl = z.string().refine((value) => /^rediss?:\/\/./.test(value) && URL.canParse(value), {
  error: 'is not a URL such as redis://127.0.0.1:6379',
})

export const changeVariables = {
  ACCESS_MODE: variable(choice(['read-only', 'approve']).optional(), {
    group: 'changes',
    text: "`approve`: changes, each after a person's approval.",
    otherwise: '`read-only`; with the demo cluster `approve`',
    programs: ['app'],
    common: true,
    example: 'approve',
  }),
  POLICY_FILE: variable(text.optional(), {
    group: 'changes',
    text: 'A YAML file that adds to the policy: [policy.md](policy.md).',
    programs: ['app'],
    example: '/etc/k8s-ai-assistant/policy.yaml',
  }),
  AUDIT_FILE: variable(text.optional(), {
    group: 'changes',
    text: 'A JSON line for every tool call; with `approve` it has to be writable.',
    otherwise: '`~/.local/state/k8s-ai-assistant/audit.jsonl`',
    programs: ['app'],
    example: '/var/lib/k8s-ai-assistant/audit.jsonl',
  }),
  HELM_PATH: variable(text.optional(), {
    group: 'changes',
    text: 'The program behind Helm changes, 3.14 or newer; without it they are listed as unavailable.',
    otherwise: '`helm` on the `PATH`',
    programs: ['app', 'mcp'],
    forChildren: true,
    example: '/usr/local/bin/helm',
  }),
  HELM_CHART_SOURCES: variable(
    list(
      COMMA,
      isChartSource,
      'is neither an https:// URL without credentials, nor an oci:// address, nor an absolute path',
    ).default([]),
    {
      group: 'changes',
      text: 'Where charts may come from, separated by commas: `https://` repositories, `oci://` prefixes, folders.',
      otherwise: 'only the chart that a release already has',
      programs: ['app', 'mcp'],
      forChildren: true,
      example: 'https://charts.example.com,oci://registry.example.com/charts',
    },
  ),
  HELM_BY_MCP_SERVER: variable(flag.default(false), {
    group: 'changes',
    text: '`1`: kubernetes-mcp-server installs and uninstalls releases, for machines without `helm`.',
    programs: ['app'],
  }),
  ALLOW_WITHOUT_DRY_RUN: variable(strictFlag.default(false), {
    group: 'changes',
    text: '`1`: allows changes that an admission webhook excludes from dry runs; the card shows that.',
    programs: ['app', 'mcp'],
    forChildren: true,
  }),
  MCP_ALLOW_UNVERIFIED_WRITES: variable(flag.default(false), {
    group: 'changes',
    text: '`1`: changes by a server of `MCP_SERVER_URL`, whose cluster cannot be verified.',
    programs: ['app'],
  }),
  REDIS_URL: variable(redisUrl.optional(), {
    group: 'changes',
    text: 'For several replicas: where approvals are claimed, and long results are kept for the model.',
    otherwise: 'in the memory of the process',
    secret: true,
    programs: ['app'],
  }),
  APPROVAL_KEY: variable(text.optional(), {
    group: 'changes',
    text: 'With `REDIS_URL`: the key that approvals are signed with, at least 32 characters, the same on every replica.',
    otherwise: 'random at each start',
    secret: true,
    programs: ['app'],
  }),
}
