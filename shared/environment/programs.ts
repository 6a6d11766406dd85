/** Variables of the standalone MCP server, and those that the platform sets. */
import { variable } from './about'
import { COMMA, httpUrl, list, secretText, text } from './types'

export const mcpProgramVariables = {
  DENY_KINDS: variable(list(COMMA).default([]), {
    group: 'mcp-program',
    text: 'Kinds that no client may read, separated by commas.',
    programs: ['mcp'],
    example: 'Secret,ConfigMap',
  }),
  DENY_NAMESPACES: variable(list(COMMA).default([]), {
    group: 'mcp-program',
    text: 'Namespaces that no client may read, separated by commas.',
    programs: ['mcp'],
    example: 'vault',
  }),
  MCP_ALLOWED_HOSTS: variable(list(COMMA).default([]), {
    group: 'mcp-program',
    text: 'More names under which it answers (`Host`), separated by commas.',
    programs: ['mcp'],
    example: 'mcp.example.com',
  }),
  MCP_EXPECTED_SERVER: variable(httpUrl('https://10.0.0.1:6443').optional(), {
    group: 'mcp-program',
    text: 'The only API URL that may be used.',
    programs: ['mcp'],
    example: 'https://10.0.0.1:6443',
  }),
  MCP_EXPECTED_UID: variable(text.optional(), {
    group: 'mcp-program',
    text: 'The only UID of `kube-system` that may be used.',
    programs: ['mcp'],
    example: '2f6b7c1e-0000-4000-8000-000000000000',
  }),
  MCP_SECRET: variable(secretText(16, '').optional(), {
    group: 'mcp-program',
    text: 'With `--listen`: the secret that the parent process sends. The assistant makes one at each start.',
    secret: true,
    programs: ['mcp'],
  }),
}

export const platformVariables = {
  HOME: variable(text.optional(), {
    group: 'platform',
    text: 'The home folder of the user.',
    programs: ['app', 'mcp'],
  }),
  XDG_STATE_HOME: variable(text.optional(), {
    group: 'platform',
    text: 'The folder for state, in place of `~/.local/state`.',
    programs: ['app'],
  }),
  KUBERNETES_SERVICE_HOST: variable(text.optional(), {
    group: 'platform',
    text: 'Set in every pod: host of the API server.',
    programs: ['app', 'mcp'],
  }),
  KUBERNETES_SERVICE_PORT: variable(text.optional(), {
    group: 'platform',
    text: 'Set in every pod: port of the API server.',
    otherwise: '`443`',
    programs: ['app', 'mcp'],
  }),
}
