/** The release on a Helm card: its chart and values. */
import { gunzipSync } from 'node:zlib'
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'yaml'
import { z } from 'zod'
import { yamlOf } from '../../../../mcp/changes/diff'
import type { ChangePlan } from '../../../../shared/changes/change'
import type { KubeApi } from '../../../support/kube/kube-api'
import { differences, patched } from './compare'

export interface Release {
  revision: number
  status: string
  chart: string
  values: Record<string, unknown>
}

const listSchema = z.looseObject({ items: z.array(z.looseObject({ data: z.looseObject({ release: z.string() }) })) })
const releaseSchema = z.looseObject({
  version: z.number(),
  info: z.looseObject({ status: z.string() }),
  chart: z.looseObject({ metadata: z.looseObject({ name: z.string(), version: z.string() }) }),
  config: z.record(z.string(), z.unknown()).nullish(),
})

/** The newest revision; undefined if there is none or the change does not use Helm. */
export async function releaseBefore(api: KubeApi, plan: ChangePlan): Promise<Release | undefined> {
  const planned = plan.objects.find(({ kind }) => kind === 'HelmRelease')
  if (!planned) return undefined
  const { namespace = '', name } = planned
  const selector = encodeURIComponent(`owner=helm,name=${name}`)
  const list = await api.send('GET', `/api/v1/namespaces/${namespace}/secrets?labelSelector=${selector}`)
  const releases = listSchema.parse(list).items.map(({ data }) => decoded(data.release))
  return releases.sort((one, other) => other.revision - one.revision)[0]
}

function decoded(text: string): Release {
  const zipped = Buffer.from(Buffer.from(text, 'base64').toString(), 'base64')
  const { version, info, chart, config } = releaseSchema.parse(JSON.parse(gunzipSync(zipped).toString()))
  const { name, version: chartVersion } = chart.metadata
  return { revision: version, status: info.status, chart: `${name}-${chartVersion}`, values: config ?? {} }
}

/** Differences from the card. */
export async function checkRelease(api: KubeApi, plan: ChangePlan, before: Release | undefined): Promise<string[]> {
  const planned = plan.objects.find(({ kind }) => kind === 'HelmRelease')
  if (!planned) return []
  const after = await releaseBefore(api, plan)
  const left = before ? contentOf(before) : ''
  const shown = patched(left, planned.diff)
  if (planned.verb === 'delete') return after ? ['the release is still there'] : []
  if (!after) return ['there is no release']
  const problems: string[] = []
  if (after.status !== 'deployed') problems.push(`the release is ${after.status}`)
  if (after.revision !== (before?.revision ?? 0) + 1) problems.push(`the release has revision ${after.revision}`)
  const [one, other]: unknown[] = [parse(shown), parse(contentOf(after))]
  if (!isDeepStrictEqual(one, other)) problems.push(`release: ${differences(one, other)}`)
  return problems
}

function contentOf({ chart, values }: Release): string {
  return yamlOf({ chart, values })
}
