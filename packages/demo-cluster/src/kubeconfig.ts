/** The kubeconfig that leads clients to the demo cluster. */
import { rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Cluster, context and user all have this name. */
export const DEMO_NAME = 'demo'

export interface KubeconfigFile {
  path: string
  /** Removes the file and its folder. */
  remove: () => Promise<void>
}

/** Writes a kubeconfig into a fresh temporary folder, both readable by this user alone. It goes with the process, too. */
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

// Clients that insist on TLS take plain HTTP if nothing is to be verified.
// The token is not checked: it is there because a kubeconfig has one, and must be kept from view like any other.
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
