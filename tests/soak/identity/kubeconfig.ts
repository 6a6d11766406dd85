/** Kubeconfigs of the series, and ways to write them to disk. */
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Side } from './side'

export interface Kubeconfig {
  currentContext: string
  contexts: { name: string; context: { cluster: string; user: string } }[]
  clusters: { name: string; cluster: Record<string, unknown> }[]
  users: { name: string; user: Record<string, unknown> }[]
}

/** A user's entry of a kubeconfig, without its name. */
export type UserEntry = Record<string, unknown>

/** The current context `ours`, and `theirs`, whose login also works. */
export function twoContexts(
  ours: { side: Side; user: UserEntry },
  theirs: { side: Side; user: UserEntry },
): Kubeconfig {
  return {
    currentContext: 'ours',
    contexts: ['ours', 'theirs'].map((name) => ({ name, context: { cluster: name, user: name } })),
    clusters: [
      { name: 'ours', cluster: clusterEntry(ours.side) },
      { name: 'theirs', cluster: clusterEntry(theirs.side) },
    ],
    users: [
      { name: 'ours', user: ours.user },
      { name: 'theirs', user: theirs.user },
    ],
  }
}

export function clusterEntry({ api }: Side): Record<string, unknown> {
  return { server: api.server, ...(api.ca && { 'certificate-authority-data': base64(api.ca) }) }
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

export const LAYOUTS = ['in place', 'by rename', 'mounted', 'several files'] as const
export type LayoutName = (typeof LAYOUTS)[number]

/** How a kubeconfig is stored and replaced. */
export interface Layout {
  name: LayoutName
  /** Of KUBECONFIG. */
  paths: string[]
  write: (config: Kubeconfig) => void
  remove: () => void
}

export function createLayout(name: LayoutName, folder: string): Layout {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'config')
  switch (name) {
    case 'in place':
      return single(name, path, (text) => writeFileSync(path, text))
    case 'by rename':
      return single(name, path, (text) => {
        writeFileSync(`${path}.new`, text)
        renameSync(`${path}.new`, path)
      })
    case 'mounted':
      return mounted(folder)
    case 'several files':
      return several(folder)
  }
}

function single(name: LayoutName, path: string, write: (text: string) => void): Layout {
  return {
    name,
    paths: [path],
    write: (config) => write(toYaml(config)),
    remove: () => rmSync(path, { force: true }),
  }
}

/** As the kubelet mounts a Secret: a link into `..data`, which is itself a swapped link. */
function mounted(folder: string): Layout {
  const path = join(folder, 'config')
  let version = 0
  const swap = (text: string | undefined) => {
    const next = `..version-${++version}`
    mkdirSync(join(folder, next))
    if (text !== undefined) writeFileSync(join(folder, next, 'config'), text)
    symlinkSync(next, join(folder, '..data_tmp'))
    renameSync(join(folder, '..data_tmp'), join(folder, '..data'))
    if (version === 1) symlinkSync(join('..data', 'config'), path)
    else rmSync(join(folder, `..version-${version - 1}`), { recursive: true })
  }
  return { name: 'mounted', paths: [path], write: (config) => swap(toYaml(config)), remove: () => swap(undefined) }
}

/** Contexts, clusters and users in separate files, in varying order. */
function several(folder: string): Layout {
  const paths = [1, 2, 3].map((at) => join(folder, `config-${at}`))
  let turn = 0
  return {
    name: 'several files',
    paths,
    write: (config) => {
      const { currentContext, contexts, clusters, users } = config
      const parts = [{ 'current-context': currentContext, contexts }, { clusters }, { users }]
      turn++
      paths.forEach((path, at) => writeFileSync(path, stringify({ ...HEAD, ...parts[(at + turn) % parts.length] })))
    },
    remove: () => paths.forEach((path) => rmSync(path, { force: true })),
  }
}

const HEAD = { apiVersion: 'v1', kind: 'Config' }

export function toYaml({ currentContext, contexts, clusters, users }: Kubeconfig): string {
  return stringify({ ...HEAD, 'current-context': currentContext, contexts, clusters, users })
}
