/** Helm revisions: chart and values, compared with the revision before. */
import type { ChangedField } from '../../../shared/changes/what-changed'
import { msg } from '../../../shared/messages/create'
import { HELM_RELEASE } from '../../diagnose/checks/delivery/helm-release'
import { maskValues, secretsIn } from '../../helm/mask-values'
import { chartName } from '../../helm/release'
import type { Release } from '../../helm/release'
import { differences } from '../differences'
import type { ReadRelease } from '../history/history'
import { changedAt, isRemoved } from '../history/release-time'
import type { Change, Source } from '../types'

export const releases: Source = {
  id: 'releases',
  find: ({ releases: read, since }) =>
    read.flatMap((each): Change[] => {
      const { revision, release, before } = each
      const at = changedAt(each) ?? 0
      if (at < since) return []
      return [
        {
          at,
          source: 'release',
          object: { kind: HELM_RELEASE, namespace: revision.namespace, name: revision.release },
          what: msg('changed-release', {
            revision: revision.revision,
            chart: (release && chartName(release)) || '?',
            status: revision.status,
          }),
          manager: 'Helm',
          fields: isRemoved(revision.status) ? [] : fieldsOf({ release, before }),
        },
      ]
    }),
}

function fieldsOf({ release, before }: Pick<ReadRelease, 'release' | 'before'>): ChangedField[] {
  if (!release || !before) return []
  const [old, now] = [chartName(before), chartName(release)]
  const chart = old === now ? [] : [{ path: 'chart', before: old, after: now }]
  const secrets = secretsIn(before.config, before.chart.values, release.config, release.chart.values)
  const values = differences(maskValues(before.config, secrets), maskValues(release.config, secrets), 'values')
  // With the same chart and values, a template or a default has changed.
  return chart.length + values.length > 0 ? [...chart, ...values] : defaults(before, release, secrets)
}

function defaults(before: Release, release: Release, secrets: readonly string[]): ChangedField[] {
  const [old, now] = [before, release].map(({ chart }) => maskValues(chart.values, secrets))
  return differences(old, now, 'defaults')
}
