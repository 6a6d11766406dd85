/**
 * A kubeconfig file for the programs that we start. It contains one context whose name and API URL are pinned: renewed
 * credentials are copied, another cluster is refused.
 */
import { createHash } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { KubeconfigError, fingerprint, referencedFiles } from '../../mcp/kubernetes/connection/kubeconfig'
import type { ChosenContext } from '../../mcp/kubernetes/connection/kubeconfig'
import type { ClusterState } from './identity'
import type { KubeconfigSource } from './kubeconfig-source'

/** How long a file may be unreadable, e.g. while being written, before calls fail. In milliseconds. */
const PATIENCE_MS = 1000
const AGAIN_MS = 25

/** Interval of checks between calls, so that `/health` reports problems. In milliseconds. */
const WATCH_MS = 5000

export class PinnedKubeconfig {
  readonly context: string
  /** Name of the cluster entry. */
  readonly name: string
  /** URL of the API server. */
  readonly server: string
  private user: string | undefined
  private referenced: string[]
  /** Fingerprints of the source's files and the files they refer to, as last read. */
  private seen: { files: string; referenced: string }
  private digest: string
  private generation = 1
  private trouble: { detail: Message; since: number; isUnreadable: boolean } | undefined
  private readonly listeners = new Set<() => void>()
  private timer: NodeJS.Timeout | undefined

  /**
   * Pins context and API URL, and writes the file.
   * @param path file to write, in an existing folder
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

  /** Why no call may be made, as of the last check; undefined if calls may be made. */
  get problem(): Message | undefined {
    return this.trouble?.detail
  }

  /** Current cluster and user; checks the files. */
  state(): ClusterState {
    this.look()
    return {
      cluster: this.name,
      context: this.context,
      apiServer: this.server,
      ...(this.user !== undefined && { apiUser: this.user }),
      ...(this.trouble && { problem: this.trouble.detail }),
    }
  }

  /**
   * Checks the files, and rewrites ours if the credentials changed. Call before each request.
   * @returns a number that grows with each change: programs started with a lower one must be restarted
   * @throws KubeconfigError if no call may be made
   */
  async fresh(): Promise<number> {
    for (;;) {
      this.look()
      const { trouble } = this
      if (!trouble) return this.generation
      // An editor truncates a file before it writes it.
      if (!trouble.isUnreadable || Date.now() - trouble.since > PATIENCE_MS) throw new KubeconfigError(trouble.detail)
      await delay(AGAIN_MS)
    }
  }

  /** Checks the files periodically until `close`; calls `listener` when `problem` changes. */
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
      // Taken before reading: a file that changes meanwhile differs at the next check.
      const referenced = fingerprint(this.referenced)
      if (ours) this.take(chosen)
      else this.fail(this.otherServer(chosen.server), false)
      this.seen = { files, referenced }
    } catch (error) {
      if (!(error instanceof Error)) throw error
      const { path } = this
      const isKnown = error instanceof KubeconfigError
      this.fail(isKnown ? error.detail : msg('kubeconfig-problem', { path, words: error.message }), true)
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

  private otherServer(found: string): Message {
    const files = this.source.files.join(', ')
    return msg('kubeconfig-moved', { context: this.context, files, found, expected: this.server })
  }

  private fail(detail: Message, isUnreadable: boolean): void {
    const since = this.trouble?.isUnreadable === isUnreadable ? this.trouble.since : Date.now()
    this.setTrouble({ detail, since, isUnreadable })
  }

  private setTrouble(trouble: typeof this.trouble): void {
    const hasChanged = trouble?.detail.text !== this.trouble?.detail.text
    this.trouble = trouble
    if (hasChanged) for (const listener of this.listeners) listener()
  }

  /** By rename, so that no program reads half a file. */
  private write({ alone }: ChosenContext): void {
    const next = `${this.path}.next`
    writeFileSync(next, JSON.stringify(alone), { mode: 0o600 })
    renameSync(next, this.path)
  }
}

/** Covers everything that the login depends on. */
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
