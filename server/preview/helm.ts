import { readChart } from './chart'
import { FLUX_NAMESPACE } from './calls'
import { prepared } from './context'
import type { Context, Preparer } from './context'
import { isRecord, textAt } from './fields'
import { isName } from './names'
import { mergePatch } from './patch-forms'
import type { Reader } from './reader'
import { countOf, inNamespace } from './words'
import type { PreparedWrite } from './types'

type Args = Record<string, unknown>

/** As measured with 0.0.67: the release is recorded in the call's namespace, and its objects are not made there. */
const ASTRAY =
  'This MCP server makes objects whose template names no namespace in the namespace of the kubeconfig, not in that of the call.'

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
  warning?: string,
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
  return prepared({
    args,
    target: `Helm release ${release ?? 'with a random name'}`,
    namespace,
    changes: given ? changes : [],
    whole: true,
    notes: [
      chart
        ? `Chart ${chart.name} ${chart.version}, from ${reference}. The values are compared with the chart's defaults.`
        : `Chart ${reference}, in the newest version that its repository has. The chart's defaults are not known here.`,
      given ? undefined : "No values are given: the chart's defaults are used.",
      ...(verb === 'upgrade' ? upgradeNotes(release, revision, given) : [existing(release, revision)]),
      textAt(args, 'valuesFile')
        ? 'Further values are in a file on the MCP server: they could not be previewed.'
        : undefined,
      textAt(args, 'repo') ? `The repository ${textAt(args, 'repo')} is added to the MCP server's Helm.` : undefined,
      args.useTemplate === true
        ? 'With "useTemplate" no release is recorded: the objects are applied by kubectl.'
        : undefined,
      warning,
      namespace ? undefined : 'No namespace is given: it goes to the one of the kubeconfig.',
    ],
  })
}

function upgradeNotes(release: string | undefined, revision: Revision, given: boolean): (string | undefined)[] {
  return [
    'Current values unknown: neither MCP server reads them.',
    given
      ? "Values of the present revision that are not given again go back to the chart's defaults."
      : 'Without values Helm keeps those of the present revision.',
    revision === 'unknown' || revision === undefined
      ? undefined
      : revision === 'none'
        ? `There is no release ${release} to upgrade.`
        : `The present revision is ${revision}.`,
  ]
}

function existing(release: string | undefined, revision: Revision): string | undefined {
  if (typeof revision !== 'number') return undefined
  return `A release ${release} exists already, at revision ${revision}: to install it again will fail.`
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
      revision === 'none' ? `There is no release ${release}${inNamespace(namespace)}.` : undefined,
      typeof revision === 'number' ? `Release ${release} is at revision ${revision}; its history goes too.` : undefined,
      await belongings(reader, release, namespace),
      'Everything that the release has made is deleted, but for what its chart keeps.',
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
async function belongings(reader: Reader, release: string, namespace: string | undefined): Promise<string | undefined> {
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
  return found.length > 0 ? `Labelled as its own: ${found.join(', ')}.` : undefined
}
