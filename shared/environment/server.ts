/** Variables of the server itself. */
import { z } from 'zod'
import { variable } from './about'
import { checkedText, choice, COMMA, digits, flag, integer, list, SPACE, text } from './types'

/** Different ports, since both programs may run on one machine. */
export const DEFAULT_PORT = { app: 8005, mcp: 3000 }

export const address = checkedText(
  (value) => (/[\s/]|^\w+:\d+$|:\/\//.test(value) ? undefined : value.replace(/^\[(.*)\]$/, '$1')),
  'is not an address such as 127.0.0.1 or 0.0.0.0, without scheme or port',
)

/**
 * An origin, or `self` and `none` with or without quotes, which shells remove. No other character may reach the header.
 */
function isFrameSource(source: string): boolean {
  if (/^'?self'?$/i.test(source)) return true
  return /^https?:\/\/(\[[\da-f:.]+\]|[\w.-]+)(:\d+)?\/?$/i.test(source) && URL.canParse(source)
}

const frameSources = z
  .string()
  .transform((value) => (/^'?none'?$/i.test(value) ? '' : value))
  .pipe(list(SPACE, isFrameSource, "is neither 'self' nor an origin such as https://rancher.example.com"))

export const serverVariables = {
  HOST: variable(address.default('127.0.0.1'), {
    group: 'server',
    text: 'Address to listen on. Set a login before you use a non-loopback address.',
    programs: ['app', 'mcp'],
    common: true,
  }),
  PORT: variable(digits(0, 65_535).optional(), {
    group: 'server',
    text: 'Port to listen on; `0`: the system chooses one.',
    otherwise: `\`${DEFAULT_PORT.app}\`; the MCP server: \`${DEFAULT_PORT.mcp}\``,
    programs: ['app', 'mcp'],
    common: true,
    example: String(DEFAULT_PORT.app),
  }),
  TLS: variable(choice(['auto', 'off', 'file']).optional(), {
    group: 'server',
    text: '`file`: HTTPS with `TLS_CERT_FILE`; `auto`: on a non-loopback address with a self-signed certificate; `off`: plain HTTP. See [operate/tls.md](operate/tls.md).',
    otherwise: '`file` with `TLS_CERT_FILE`, otherwise `auto`',
    programs: ['app'],
    example: 'auto',
  }),
  TLS_CERT_FILE: variable(text.optional(), {
    group: 'server',
    text: 'File of the certificate in PEM, read again when it changes.',
    programs: ['app'],
    example: '/etc/tls/tls.crt',
  }),
  TLS_KEY_FILE: variable(text.optional(), {
    group: 'server',
    text: 'File of its private key in PEM, without a passphrase.',
    programs: ['app'],
    example: '/etc/tls/tls.key',
  }),
  REQUEST_SECONDS: variable(digits(1, 3600).default(30), {
    group: 'server',
    text: 'How long a request may take to arrive, headers and body.',
    programs: ['app'],
  }),
  ALLOWED_HOSTS: variable(
    list(
      COMMA,
      (name) => /^(\[[\da-f:.]+\]|[\w.-]+)$/i.test(name),
      'is not a name such as k8s.example.com, without scheme or port',
    ).optional(),
    {
      group: 'server',
      text: 'More names under which the server answers (`Host`), separated by commas, e.g. that of a proxy.',
      otherwise: 'loopback names on loopback; otherwise see [access.md](access.md)',
      programs: ['app'],
      example: 'k8s.example.com',
    },
  ),
  FRAME_ANCESTORS: variable(frameSources.default([]), {
    group: 'server',
    text: "Who may show the page in a frame: `'self'` and origins, separated by spaces.",
    otherwise: '`none`',
    programs: ['app'],
    example: 'https://rancher.example.com',
  }),
  SHUTDOWN_GRACE_SECONDS: variable(integer(0, 3600).default(20), {
    group: 'server',
    text: 'How long running answers have after SIGTERM.',
    programs: ['app'],
  }),
  LOG_LEVEL: variable(choice(['debug', 'info', 'warn', 'error']).default('info'), {
    group: 'server',
    text: '`debug`, `info`, `warn` or `error`; the log is JSON lines on stdout.',
    programs: ['app'],
  }),
  DEMO: variable(flag.default(false), {
    group: 'server',
    text: '`1`: the demo model and the demo cluster, overriding other settings.',
    programs: ['app'],
    common: true,
  }),
}
