/** The dry run of a manifest as a call. Only its file's name goes into the conversation. */
import type { DirectCall } from '../read/readCluster'

/** @param namespace chosen on the page; of objects that name none */
export function dryRunCall(manifest: { name: string; text: string }, namespace: string | undefined): DirectCall {
  const chosen = namespace === undefined ? {} : { namespace }
  return {
    tool: 'kubectl_apply',
    arguments: { filename: manifest.name, dryRun: 'server', ...chosen },
    dryRun: { manifest: manifest.text, ...chosen },
  }
}
