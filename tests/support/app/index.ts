/** The test environment: built server, MCP servers, ports, and this machine's tools. */
export { spawnApp, startApp, startByScript } from './app'
export type { App } from './app'
export { certificateOf, selfSigned } from './certificate'
export {
  kubernetesMcpServerBinary,
  hasHelm,
  hasKubectl,
  startKubernetesMcpServer,
  startMcpServerKubernetes,
  startOwnHttp,
  startOwnSse,
} from './mcp-servers'
export type { McpServer, McpServerOptions } from './mcp-servers'
export { freePort } from './network'
export { startProgram } from './program'
export type { Env, Program } from './program'

/** Path of the test cluster's kubeconfig; undefined: live tests are skipped. */
export const testKubeconfig: string | undefined = process.env.TEST_KUBECONFIG || undefined
