/**
 * A kubeconfig file of our own for the programs that we start. It holds one context, whose name and API URL are decided
 * once: renewed credentials are taken over, another cluster is not.
 */
import { createHash } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { KubeconfigError, fingerprint, referencedFiles } from '../../mcp/kubernetes/connection/kubeconfig'
import type { ChosenContext } from '../../mcp/kubernetes/connection/kubeconfig'
import type { ClusterState } from './identity'
import type { KubeconfigSource } from './kubeconfig-source'

/** How long a file that is being written may be unreadable before calls fail, in milliseconds. */
const PATIENCE_MS = 1000
const AGAIN_MS = 25

/** How often files are looked at between calls, so that `/health` knows of a problem. In milliseconds. */
const WATCH_MS = 5000

export class PinnedKubeconfig {
  readonly context: string
  /** Name of the cluster entry. */
  readonly name: string
  /** URL of the API server. */
  readonly server: string
  private user: string | undefined
  private referenced: string[]
  /** Fingerprints of the source's files and of those they refer to, as last read. */
  private seen: { files: string; referenced: string }
  private digest: string
  private generation = 1
  private trouble: { words: string; since: number; isUnreadable: boolean } | undefined
  private readonly listeners = new Set<() => void>()
  private timer: NodeJS.Timeout | undefined

  /**
   * Decides context and API URL, and writes the file.
   * @param path of the file to write; its folder exists
   * @throws KubeconfigError
   */
  constructor(
    private readonly source: KubeconfigSource,
    readonly path: string,
  ) {
    const files = fingerprint(source.files)
    const chosen = source.read()
    this.context = chosen.context
    this.name = chosen.name
    this.server = chosen.server
    this.user = chosen.user
    this.referenced = referencedFiles(chosen.alone)
    this.seen = { files, referenced: fingerprint(this.referenced) }
    this.digest = digestOf(chosen, this.referenced)
    this.write(chosen)
  }

  /** Why no call may be made now, as a sentence; undefined if one may. As of the last look at the files. */
  get problem(): string | undefined {
    return this.trouble?.words
  }

  /** Cluster and user as of now: looks at the files. */
  state(): ClusterState {
    this.look()
    return {
      cluster: this.name,
      context: this.context,
      apiServer: this.server,
      ...(this.user !== undefined && { apiUser: this.user }),
      ...(this.trouble && { problem: this.trouble.words }),
    }
  }

  /**
   * Looks at the files, and rewrites ours if the credentials have changed. To be called before each call.
   * @returns a number that grows with each change: a program that was started with a lower one has to be started again
   * @throws KubeconfigError if no call may be made
   */
  async fresh(): Promise<number> {
    for (;;) {
      this.look()
      const { trouble } = this
      if (!trouble) return this.generation
      // An editor truncates a file before it writes it.
      if (!trouble.isUnreadable || Date.now() - trouble.since > PATIENCE_MS) throw new KubeconfigError(trouble.words)
      await delay(AGAIN_MS)
    }
  }

  /** Looks at the files from time to time until `close`; `listener` is called when `problem` has changed. */
  watch(listener: () => void): void {
    this.listeners.add(listener)
    this.timer ??= setInterval(() => this.look(), WATCH_MS).unref()
  }

  close(): void {
    clearInterval(this.timer)
    this.listeners.clear()
    rmSync(this.path, { force: true })
  }

  private look(): void {
    const files = fingerprint(this.source.files)
    if (files === this.seen.files && fingerprint(this.referenced) === this.seen.referenced) return
    try {
      const chosen = this.source.read(this.context)
      const ours = chosen.server === this.server
      if (ours) this.referenced = referencedFiles(chosen.alone)
      // Taken before the content is read: a file that changes meanwhile has another one at the next look.
      const referenced = fingerprint(this.referenced)
      if (ours) this.take(chosen)
      else this.fail(this.otherServer(chosen.server), false)
      this.seen = { files, referenced }
    } catch (error) {
      if (!(error instanceof Error)) throw error
      this.fail(error instanceof KubeconfigError ? error.message : `${this.path}: ${error.message}.`, true)
    }
  }

  private take(chosen: ChosenContext): void {
    const digest = digestOf(chosen, this.referenced)
    if (digest !== this.digest) {
      this.write(chosen)
      this.digest = digest
      this.generation++
    }
    this.user = chosen.user
    this.setTrouble(undefined)
  }

  private otherServer(server: string): string {
    return (
      `The context "${this.context}" in ${this.source.files.join(', ')} now names the API server ${server}. ` +
      `This server was started for ${this.server} and does not follow: restart it to use the other cluster.`
    )
  }

  private fail(words: string, isUnreadable: boolean): void {
    const since = this.trouble?.isUnreadable === isUnreadable ? this.trouble.since : Date.now()
    this.setTrouble({ words, since, isUnreadable })
  }

  private setTrouble(trouble: typeof this.trouble): void {
    const hasChanged = trouble?.words !== this.trouble?.words
    this.trouble = trouble
    if (hasChanged) for (const listener of this.listeners) listener()
  }

  /** By rename, so that a program never reads half of it. */
  private write({ alone }: ChosenContext): void {
    const next = `${this.path}.next`
    writeFileSync(next, JSON.stringify(alone), { mode: 0o600 })
    renameSync(next, this.path)
  }
}

/** Of all that a login depends on. */
function digestOf({ alone }: ChosenContext, referenced: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(alone))
  for (const path of referenced) hash.update(`\n${path}\n`).update(contentOf(path))
  return hash.digest('hex')
}

function contentOf(path: string): Buffer | string {
  try {
    return readFileSync(path)
  } catch {
    return 'unreadable'
  }
}
