/** What every preparer is given, and how it hands back what it found. */
import type { Toolbox } from '../mcp/types'
import { createDryRunner } from './dry-run'
import type { DryRunner } from './dry-run'
import { showDiff } from './diff'
import { createReader } from './reader'
import type { Reader } from './reader'
import { cleanNote } from './note'
import { sanitizeText } from '../results'
import type { Preview } from '#shared/approval'
import type { PreviewNote } from '#shared/preview-note'
import type { Change, PreparedWrite } from './types'

export interface Context {
  reader: Reader
  dryRun: DryRunner
}

export type Preparer = (args: Record<string, unknown>, context: Context) => Promise<PreparedWrite>

export function createContext(toolbox: Toolbox, signal: AbortSignal): Context {
  return { reader: createReader(toolbox, signal), dryRun: createDryRunner(toolbox, signal) }
}

export interface Found {
  args: Record<string, unknown>
  target?: string | undefined
  namespace?: string | undefined
  confirm?: string | undefined
  /** What would change; none: nothing could be read. */
  changes?: readonly Change[]
  /** The changes are values, not objects of Kubernetes. */
  whole?: boolean
  /** The API server itself has said that it would do this. */
  byServer?: boolean
  notes?: readonly (PreviewNote | undefined)[]
}

/** Makes the diff of what was found, redacts what is said of it, and puts both in the form of the interface. */
export function prepared({
  args,
  target,
  namespace,
  confirm,
  changes = [],
  whole,
  byServer,
  notes = [],
}: Found): PreparedWrite {
  const { diff, notes: more } = showDiff(changes, whole)
  const basis: Preview['basis'] = changes.length === 0 ? 'none' : byServer ? 'server-dry-run' : 'predicted'
  const said = [...notes, ...more].filter((each) => each !== undefined).map(cleanNote)
  return {
    arguments: args,
    ...(namespace && { namespace }),
    ...(target && { target: sanitizeText(target) }),
    ...(confirm && { confirm }),
    preview: {
      basis,
      ...(diff !== undefined && { diff }),
      notes: [...new Map(said.map((each) => [each.text, each])).values()],
    },
  }
}
