import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '../../../mcp/config'

describe('the configuration of the MCP program', () => {
  it('serves stdio with the operator’s credentials by default', () => {
    expect(readConfig([], {})).toMatchObject({ mode: { kind: 'stdio' }, sessionCredentials: false })
  })

  it('listens on loopback at port 3000', () => {
    expect(readConfig(['--http'], { HOST: ' ' }).mode).toEqual({
      kind: 'http',
      host: '127.0.0.1',
      port: 3000,
      allowedHosts: [],
    })
  })

  it('lets sessions bring credentials when embedded, or when the operator asks for it', () => {
    const embedded = readConfig(['--listen', 'unix:/run/mcp.sock'], { MCP_SECRET: 'x'.repeat(16) })
    expect(embedded).toMatchObject({
      sessionCredentials: true,
      mode: { listen: { kind: 'socket', path: '/run/mcp.sock' } },
    })
    expect(readConfig(['--http', '--session-credentials'], {}).sessionCredentials).toBe(true)
    expect(readConfig(['--session-credentials'], {}).sessionCredentials).toBe(false)
  })

  it('reads lists, files and the expected cluster', () => {
    const { kubernetes } = readConfig([], {
      KUBECONFIG: '/a:/b',
      KUBE_CONTEXT: 'staging',
      NAMESPACES: 'shop, payments,',
      MCP_EXPECTED_SERVER: 'https://10.0.0.1:6443/',
      MCP_EXPECTED_UID: 'u',
    })
    expect(kubernetes).toMatchObject({
      kubeconfigs: ['/a', '/b'],
      chosen: true,
      context: 'staging',
      namespaces: ['shop', 'payments'],
      expectedServer: 'https://10.0.0.1:6443',
      expectedUid: 'u',
    })
  })

  it('reads only, unless the operator says otherwise', () => {
    const embedded = { MCP_SECRET: 'x'.repeat(16) }
    expect(readConfig([], { ALLOW_WITHOUT_DRY_RUN: '1' }).writes).toBeUndefined()
    expect(readConfig(['--listen', 'unix:/a'], embedded).writes).toBeUndefined()
    expect(readConfig(['--allow-writes'], {}).writes).toEqual({ mode: 'direct', allowWithoutDryRun: false })
    expect(readConfig(['--http', '--allow-writes'], { ALLOW_WITHOUT_DRY_RUN: '1' }).writes).toEqual({
      mode: 'direct',
      allowWithoutDryRun: true,
    })
    expect(readConfig(['--listen', 'unix:/a', '--writes'], embedded).writes).toMatchObject({ mode: 'planned' })
  })

  it('sends nothing but reads and dry runs unless changes may run', () => {
    const dryRunsOnly = (argv: string[]) => readConfig(argv, { MCP_SECRET: 'x'.repeat(16) }).kubernetes.dryRunsOnly
    expect([[], ['--http'], ['--listen', 'unix:/a'], ['--listen', 'unix:/a', '--plans']].map(dryRunsOnly)).toEqual([
      ...[true, true, true, true],
    ])
    expect([['--allow-writes'], ['--listen', 'unix:/a', '--writes']].map(dryRunsOnly)).toEqual([false, false])
  })

  it('never runs what nobody approved in the embedded program', () => {
    expect(() => readConfig(['--listen', 'unix:/a', '--allow-writes'], { MCP_SECRET: 'x'.repeat(16) })).toThrow(
      ConfigError,
    )
  })

  it.each([
    [['--writes'], {}],
    [['--http', '--writes'], {}],
    [['--plans'], {}],
    [['--http', '--plans'], {}],
    [['--listen', 'unix:/a', '--writes', '--plans'], { MCP_SECRET: 'x'.repeat(16) }],
    [['--allow-writes'], { ALLOW_WITHOUT_DRY_RUN: 'yes' }],
    [['--http'], { HOST: '10.0.0.5' }],
    [['--http'], { PORT: '70000' }],
    [['--http', '--listen', 'unix:/a'], { MCP_SECRET: 'x'.repeat(16) }],
    [['--listen', 'unix:/a'], { MCP_SECRET: 'short' }],
    [['--listen', '10.0.0.5:80'], { MCP_SECRET: 'x'.repeat(16) }],
    [[], { MCP_EXPECTED_SERVER: 'production' }],
    [['--http'], { MCP_AUTH_TOKEN: 'two words' }],
    [['more'], {}],
  ])('rejects %j with %j', (argv, env) => {
    expect(() => readConfig(argv, env)).toThrow(ConfigError)
  })
})
