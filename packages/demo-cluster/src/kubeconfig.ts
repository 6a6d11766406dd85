/** The demo cluster's kubeconfig. */
import { rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Name of cluster, context and user. */
export const DEMO_NAME = 'demo'

export interface KubeconfigFile {
  path: string
  /** Removes the file and its folder. */
  remove: () => Promise<void>
}

/** Writes a kubeconfig into a new temporary folder, both readable only by this user. Removed at exit. */
export async function writeKubeconfig(url: string): Promise<KubeconfigFile> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-cluster-'))
  const path = join(folder, 'kubeconfig')
  await writeFile(path, kubeconfig(url), { mode: 0o600, flag: 'wx' })
  const removeAtExit = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', removeAtExit)
  const remove = async () => {
    process.off('exit', removeAtExit)
    await rm(folder, { recursive: true, force: true })
  }
  return { path, remove }
}

// Clients that insist on TLS accept plain HTTP if verification is off. The token is not checked: a kubeconfig has one,
// and it must be redacted like any other.
function kubeconfig(url: string): string {
  return `apiVersion: v1
kind: Config
clusters:
  - name: ${DEMO_NAME}
    cluster:
      server: ${url}
      insecure-skip-tls-verify: true
users:
  - name: ${DEMO_NAME}
    user:
      token: demo-token-that-opens-nothing
contexts:
  - name: ${DEMO_NAME}
    context:
      cluster: ${DEMO_NAME}
      user: ${DEMO_NAME}
current-context: ${DEMO_NAME}
`
}
