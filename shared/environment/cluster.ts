/** Variables of the MCP server and its cluster. */
import { variable } from './about'
import { childEnvNames } from './child-names'
import { choice, COMMA, httpUrl, integer, list, secretText, text } from './types'

export const mcpVariables = {
  MCP_SERVER_URL: variable(
    httpUrl('http://127.0.0.1:3000')
      .refine(hasNoCredentials, { error: 'must not hold credentials: set MCP_AUTH_TOKEN' })
      .optional(),
    {
      group: 'mcp',
      text: 'A running MCP server. A bare origin is HTTP+SSE at `/sse`; a path that ends in `/mcp` is streamable HTTP.',
      otherwise: "the assistant's own",
      programs: ['app'],
      ignoredInDemo: true,
      example: 'http://127.0.0.1:3000',
    },
  ),
  MCP_TRANSPORT: variable(choice(['sse', 'http', 'stdio']).optional(), {
    group: 'mcp',
    text: '`sse`, `http` or `stdio`.',
    otherwise: 'from the URL',
    programs: ['app'],
    ignoredInDemo: true,
    example: 'http',
  }),
  MCP_SERVER_COMMAND: variable(text.optional(), {
    group: 'mcp',
    text: 'A command that starts another MCP server over stdio, on the same kubeconfig.',
    programs: ['app'],
    ignoredInDemo: true,
    example: 'npx mcp-server-kubernetes',
  }),
  MCP_SERVER_ENV: variable(childEnvNames.default([]), {
    group: 'mcp',
    text: 'More variables for [child processes](#what-child-processes-receive): names separated by commas; `NAME_*` is a prefix.',
    programs: ['app'],
    example: 'MASK_SECRETS,CORP_LOGIN_*',
  }),
  MCP_AUTH_TOKEN: variable(secretText(1, '').optional(), {
    group: 'mcp',
    text: 'The token for `MCP_SERVER_URL`, sent as `X-MCP-AUTH` and `Authorization: Bearer`; clients of `npm run mcp` have to send it.',
    secret: true,
    programs: ['app', 'mcp'],
    ignoredInDemo: true,
  }),
  MCP_CALL_SECONDS: variable(integer(1, 3600).default(30), {
    group: 'mcp',
    text: "How long a tool call may take; Helm's may take ten minutes.",
    programs: ['app'],
  }),
}

export const clusterVariables = {
  RUNBOOKS_DIR: variable(text.optional(), {
    group: 'cluster',
    text: 'A folder of Markdown files that a diagnosis adds to its findings: [diagnosis.md](diagnosis.md#runbooks).',
    programs: ['app', 'mcp'],
    forChildren: true,
    example: '/etc/k8s-ai-assistant/runbooks',
  }),
  RUNBOOKS_FILE: variable(text.optional(), {
    group: 'cluster',
    text: 'A YAML file of runbooks, which users run as commands of the prompt: [runbooks.md](runbooks.md).',
    programs: ['app'],
    example: '/etc/k8s-ai-assistant/runbooks.yaml',
  }),
  KUBECONFIG: variable(text.optional(), {
    group: 'cluster',
    text: 'Kubeconfig files, merged as kubectl does, for an MCP server that the assistant starts.',
    otherwise: '`~/.kube/config`; otherwise the service account of the pod; otherwise the demo cluster',
    programs: ['app', 'mcp'],
    forChildren: true,
    common: true,
    example: '/home/you/.kube/config',
  }),
  KUBE_CONTEXT: variable(text.optional(), {
    group: 'cluster',
    text: 'The context, pinned at the start with its API URL; the model cannot choose another.',
    otherwise: 'the current context',
    programs: ['app', 'mcp'],
    forChildren: true,
    example: 'staging',
  }),
  PRODUCTION_CLUSTERS: variable(list(COMMA).default([]), {
    group: 'cluster',
    text: 'Clusters that the page marks as production, by name, context or Rancher id, separated by commas. `*` stands for any characters.',
    programs: ['app'],
    example: 'prod-*,c-m-abc12',
  }),
  NAMESPACES: variable(list(COMMA).default([]), {
    group: 'cluster',
    text: 'Namespaces to read for a user who may list neither everything nor the namespaces, separated by commas.',
    programs: ['app', 'mcp'],
    forChildren: true,
    example: 'shop,payments',
  }),
}

function hasNoCredentials(url: string): boolean {
  const { username, password } = new URL(url)
  return username === '' && password === ''
}
