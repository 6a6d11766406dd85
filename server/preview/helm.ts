import type { PreviewNote } from '#shared/preview-note'
import { readChart } from './chart'
import { FLUX_NAMESPACE } from './calls'
import { prepared } from './context'
import type { Context, Preparer } from './context'
import { isRecord, textAt } from './fields'
import { isName } from './names'
import { mergePatch } from './patch-forms'
import type { Reader } from './reader'
import { note } from './note'
import { countOf } from './words'
import type { PreparedWrite } from './types'

type Args = Record<string, unknown>

/** As measured with 0.0.67: the release is recorded in the call's namespace, and its objects are not made there. */
const ASTRAY = note('helm-astray')

/** kubernetes-mcp-server: the release may go without a name, the namespace is the kubeconfig's where none is given. */
export const prepareHelmInstall: Preparer = (args, context) =>
  install(args, textAt(args, 'namespace'), context, 'install', ASTRAY)
export const prepareHelmUninstall: Preparer = (args, context) => uninstall(args, textAt(args, 'namespace'), context)

export const prepareInstallHelmChart: Preparer = (args, context) => install(...fluxCall(args), context, 'install')
export const prepareUpgradeHelmChart: Preparer = (args, context) => install(...fluxCall(args), context, 'upgrade')
export const prepareUninstallHelmChart: Preparer = (args, context) => uninstall(...fluxCall(args), context)

function fluxCall(args: Args): [Args, string] {
  const namespace = textAt(args, 'namespace') ?? FLUX_NAMESPACE
  return [{ ...args, namespace }, namespace]
}

async function install(
  args: Args,
  namespace: string | undefined,
  { reader }: Context,
  verb: 'install' | 'upgrade',
  warning?: PreviewNote,
): Promise<PreparedWrite> {
  const release = textAt(args, 'name')
  const reference = textAt(args, 'chart') ?? ''
  const chart = await readChart(reference)
  const values = isRecord(args.values) ? args.values : {}
  const revision = release ? await revisionOf(reader, release, namespace) : undefined
  const after = mergePatch(chart?.defaults ?? {}, values)
  const changes = chart
    ? [{ title: 'values', before: chart.defaults, after: isRecord(after) ? after : {} }]
    : [{ title: 'values', after: values }]
  const given = Object.keys(values).length > 0
  const repo = textAt(args, 'repo')
  return prepared({
    args,
    target: `Helm release ${release ?? 'with a random name'}`,
    namespace,
    changes: given ? changes : [],
    whole: true,
    notes: [
      chart
        ? note('chart-local', { chart: chart.name, version: chart.version, reference })
        : note('chart-remote', { reference }),
      given ? undefined : note('helm-defaults'),
      ...(verb === 'upgrade' ? upgradeNotes(release, revision, given) : [existing(release, revision)]),
      textAt(args, 'valuesFile') ? note('helm-values-file') : undefined,
      repo ? note('helm-repo', { repo }) : undefined,
      args.useTemplate === true ? note('helm-template') : undefined,
      warning,
      namespace ? undefined : note('helm-somewhere'),
    ],
  })
}

function upgradeNotes(release: string | undefined, revision: Revision, given: boolean): (PreviewNote | undefined)[] {
  return [
    note('helm-values-unknown'),
    note(given ? 'helm-values-reset' : 'helm-values-kept'),
    release && revision === 'none' ? note('helm-no-upgrade', { release }) : undefined,
    typeof revision === 'number' ? note('helm-revision', { revision }) : undefined,
  ]
}

function existing(release: string | undefined, revision: Revision): PreviewNote | undefined {
  return release && typeof revision === 'number' ? note('helm-exists', { release, revision }) : undefined
}

function missing(release: string, namespace: string | undefined): PreviewNote {
  return namespace ? note('helm-missing-in', { release, namespace }) : note('helm-missing', { release })
}

async function uninstall(args: Args, namespace: string | undefined, { reader }: Context): Promise<PreparedWrite> {
  const release = textAt(args, 'name') ?? ''
  const revision = await revisionOf(reader, release, namespace)
  return prepared({
    args,
    target: `Helm release ${release}`,
    namespace,
    confirm: release,
    notes: [
      revision === 'none' ? missing(release, namespace) : undefined,
      typeof revision === 'number' ? note('helm-history', { release, revision }) : undefined,
      await belongings(reader, release, namespace),
      note('helm-uninstall'),
    ],
  })
}

type Revision = number | 'none' | 'unknown' | undefined

/** By the names of the Secrets in which Helm keeps its releases: `sh.helm.release.v1.cart.v3`. Their content is not read. */
async function revisionOf(reader: Reader, release: string, namespace: string | undefined): Promise<Revision> {
  if (!isName(release)) return 'unknown'
  const listed = await reader.list({
    type: { apiVersion: 'v1', kind: 'Secret' },
    labelSelector: `owner=helm,name=${release}`,
    ...(namespace !== undefined && { namespace }),
  })
  if (listed.state !== 'found') return 'unknown'
  if (listed.rows.length === 0) return 'none'
  // Without a namespace releases of the same name in several namespaces look like one.
  if (namespace === undefined) return 'unknown'
  return Math.max(...listed.rows.map(({ name }) => Number(/\.v(\d+)$/.exec(name)?.[1] ?? 0)))
}

/** What carries the label that charts give by custom. */
async function belongings(
  reader: Reader,
  release: string,
  namespace: string | undefined,
): Promise<PreviewNote | undefined> {
  if (!isName(release) || namespace === undefined) return undefined
  const kinds = [
    ['apps/v1', 'Deployment'],
    ['apps/v1', 'StatefulSet'],
    ['v1', 'Service'],
    ['v1', 'ConfigMap'],
  ] as const
  const counted = await Promise.all(
    kinds.map(async ([apiVersion, kind]) => {
      const listed = await reader.list({
        type: { apiVersion, kind },
        namespace,
        labelSelector: `app.kubernetes.io/instance=${release}`,
      })
      return listed.state === 'found' && listed.rows.length > 0 ? countOf(listed.rows, kind) : undefined
    }),
  )
  const found = counted.filter((each) => each !== undefined)
  return found.length > 0 ? note('helm-labelled', { objects: found.join(', ') }) : undefined
}
