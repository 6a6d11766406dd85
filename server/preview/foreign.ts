/**
 * Prepares a change by a server without previews: exact arguments, the live object if readable, and a note about the
 * missing preview.
 */
import { msg } from '#shared/messages/create'
import type { ResultNote } from '#shared/result'
import { isSecret } from '#shared/kubernetes/kinds'
import { manifestObjects, targetsOf } from '../mcp/servers/targets'
import type { Target } from '../mcp/servers/targets'
import { knownTool, serverOf } from '../mcp/servers'
import type { Arguments, KnownTool, ReadCall } from '../mcp/servers'
import type { Toolbox } from '../mcp/toolbox/types'
import { cleanText, presentResultNow } from '../results'
import type { Preparation, PreviewedCall } from './types'

/** The model's text of the live object is not used. In tokens. */
const UNUSED_TEXT = 100

/** Limit of the live object, in characters. */
const MAX_LIVE = 60_000

/** Names of unknown tools that suggest a deletion. */
const REMOVES = /delete|remove|uninstall|drain|destroy|purge|prune|evict|cleanup|terminate/i

export async function foreignChange(call: PreviewedCall, toolbox: Toolbox, signal: AbortSignal): Promise<Preparation> {
  const known = knownTool(call.tool, call.server)
  const one = oneManifest(call.arguments, known)
  if ('calls' in one) return { kind: 'split', calls: one.calls }
  const args = one.arguments
  const targets = targetsOf(known, args)
  if ('problem' in targets) return refused(targets.problem)
  const [target] = targets
  const confirm = nameToType(call, known, args, targets)
  const live = await liveObject(call, targets, toolbox, signal)
  return {
    kind: 'change',
    change: {
      arguments: args,
      title: titleOf(call, target),
      previewed: false,
      objects: [],
      notes: [msg('no-preview'), ...(live.note ? [live.note] : [])],
      ...(live.text !== undefined && { live: live.text }),
      ...(confirm !== undefined && { confirm }),
    },
  }
}

/** Parses a manifest once and sends the resulting JSON: one object for each call. */
function oneManifest(args: Arguments, known: KnownTool | undefined): { arguments: Arguments } | { calls: Arguments[] } {
  const name = known?.target?.manifest
  const manifest = name === undefined ? undefined : args[name]
  if (name === undefined || manifest === undefined || manifest === null || manifest === '') return { arguments: args }
  const objects = manifestObjects(manifest)
  // The check of its targets reports why it is unreadable.
  if ('problem' in objects) return { arguments: args }
  const calls = objects.map((object) => ({ ...args, [name]: JSON.stringify(object, null, 2) }))
  const [only, ...others] = calls
  return only && others.length === 0 ? { arguments: only } : { calls }
}

function refused(note: ResultNote): Preparation {
  return { kind: 'refused', note, code: 'invalid-arguments' }
}

function titleOf({ tool }: PreviewedCall, target: Target | undefined): ResultNote {
  const { kind, written = kind, name, namespace } = target ?? {}
  const object = [written, name].filter(Boolean).join(' ')
  if (object === '') return msg('foreign-call', { tool })
  return namespace === undefined
    ? msg('foreign-change-cluster', { tool, object: cleanText(object) })
    : msg('foreign-change', { tool, object: cleanText(object), namespace: cleanText(namespace) })
}

/** Deleting a namespace, a release, a node's pods, or several objects, by any tool and spelling. */
function nameToType(
  { tool }: PreviewedCall,
  known: KnownTool | undefined,
  args: Arguments,
  targets: readonly Target[],
): string | undefined {
  const removes = known === undefined ? (REMOVES.test(tool) ? 'object' : undefined) : known.removes
  const [first, ...others] = targets
  switch (removes) {
    case undefined:
      return undefined
    case 'release':
      return first?.name ?? tool
    case 'node':
      return args.operation === undefined || args.operation === 'drain' ? (first?.name ?? tool) : undefined
    case 'object': {
      const isOne = first?.name !== undefined && others.length === 0
      if (known !== undefined && isOne && first.kind !== 'namespace') return undefined
      return first?.name ?? first?.namespace ?? tool
    }
  }
}

interface Live {
  text?: string
  note?: ResultNote
}

async function liveObject(
  { tool, server }: PreviewedCall,
  targets: readonly Target[],
  toolbox: Toolbox,
  signal: AbortSignal,
): Promise<Live> {
  const read = readOf(tool, server, targets)?.object
  const entry = read && toolbox.tools().find(({ name }) => name === read.tool)
  if (!read || !entry) return { note: msg('live-not-read') }
  const raw = await toolbox.call(entry.name, read.arguments, { signal })
  const { status, forPerson } = presentResultNow({ ...read, raw, maxTokens: UNUSED_TEXT })
  const text = 'text' in forPerson ? forPerson.text : ''
  if (status === 'error' || raw.isError)
    return { note: isMissing(text) ? msg('live-missing') : msg('live-unreadable', { words: shortened(text) }) }
  if (text.length > MAX_LIVE) return { note: msg('live-large') }
  return text === '' ? { note: msg('live-not-read') } : { text }
}

/** The reads of a write's target: one object that is not a Secret. */
export function readOf(
  tool: string,
  server: PreviewedCall['server'],
  targets: readonly Target[],
): { object: ReadCall; row: ReadCall } | undefined {
  const [target, ...others] = targets
  if (!target || others.length > 0 || tool.includes('helm')) return undefined
  const { kind, written = kind, name, namespace, apiVersion, clusterWide } = target
  if (kind === undefined || written === undefined || name === undefined || isSecret(kind)) return undefined
  const where = clusterWide || namespace === undefined ? {} : { namespace }
  return serverOf(server)?.read?.({ apiVersion, kind: written, name, ...where })
}

function isMissing(text: string): boolean {
  return /not[ _]?found\b/i.test(text) && !/no matches for kind|resource type/i.test(text)
}

function shortened(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim()
  return words.length > 300 ? `${words.slice(0, 299)}…` : words
}
