/** Calls of kubectl. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** @throws Error with what kubectl printed */
export async function kubectl(kubeconfig: string, ...args: string[]): Promise<string> {
  return (await run('kubectl', ['--kubeconfig', kubeconfig, ...args])).stdout
}
