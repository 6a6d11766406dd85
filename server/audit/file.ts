/** The audit as an append-only file of JSON lines. */
import { mkdir, open, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AuditError } from './entry'
import type { Audit, AuditEntry, AuditLine } from './entry'
import { auditLine, toJsonLine } from './line'
import { recentWrites } from './recent-writes'

interface OpenFile {
  handle: FileHandle
  dev: number
  ino: number
}

export class AuditFile implements Audit {
  private file: OpenFile | undefined
  /** The last recorded line; each waits for the previous one. */
  private last: Promise<void> = Promise.resolve()
  /** The file ends inside a line, after a crash or a full disk. */
  private isTorn = false

  private constructor(readonly path: string) {}

  /**
   * Opens the file, and creates it and its folder, readable only by this user.
   * @throws AuditError
   */
  static async open(path: string): Promise<AuditFile> {
    const audit = new AuditFile(path)
    await audit.current().catch((error: unknown) => audit.fail(error))
    return audit
  }

  record(entry: AuditEntry): Promise<void> {
    const line = toJsonLine(auditLine(entry, new Date()))
    const written = this.last.then(() => this.write(line))
    this.last = written.catch(() => undefined)
    return written
  }

  recentWrites(since: number): Promise<AuditLine[]> {
    return this.last.then(() => recentWrites(this.path, since))
  }

  async close(): Promise<void> {
    await this.last
    await this.file?.handle.close()
    this.file = undefined
  }

  private async write(line: string): Promise<void> {
    try {
      const { handle } = await this.current()
      // A single write, so that lines of several processes do not mix.
      const bytes = Buffer.from(this.isTorn ? `\n${line}` : line)
      this.isTorn = true
      const { bytesWritten } = await handle.write(bytes)
      if (bytesWritten < bytes.length) throw new Error('it was written in part: the disk may be full')
      this.isTorn = false
    } catch (error) {
      this.fail(error)
    }
  }

  /** Opens the path again if a rotation has replaced the file. */
  private async current(): Promise<OpenFile> {
    const there = await stat(this.path).catch(() => undefined)
    if (this.file && there && there.ino === this.file.ino && there.dev === this.file.dev) return this.file
    await this.file?.handle.close()
    this.file = undefined
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 })
    const handle = await open(this.path, 'a', 0o600)
    const { ino, dev, size } = await handle.stat()
    this.isTorn = size > 0 && !(await this.endsWithLineBreak(size))
    this.file = { handle, ino, dev }
    return this.file
  }

  private async endsWithLineBreak(size: number): Promise<boolean> {
    const reader = await open(this.path, 'r').catch(() => undefined)
    if (!reader) return false
    try {
      const { buffer, bytesRead } = await reader.read(Buffer.alloc(1), 0, 1, size - 1)
      return bytesRead === 1 && buffer[0] === 0x0a
    } finally {
      await reader.close()
    }
  }

  private fail(error: unknown): never {
    const why = error instanceof Error ? error.message : String(error)
    throw new AuditError(`the audit cannot be written to ${this.path}: ${why}`, { cause: error })
  }
}
