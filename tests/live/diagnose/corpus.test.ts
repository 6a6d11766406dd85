/** Seeded faults and healthy variants: the cause comes first, by code alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FindingsResult } from '../../../shared/findings'
import type { OpenCluster } from '../../../mcp/kubernetes/cluster'
import { hasKubectl, testKubeconfig } from '../../support/app'
import { diagnoseIn, openTestCluster } from '../../support/diagnose/cluster'
import { readCorpus } from '../../support/diagnose/corpus'
import type { Case } from '../../support/diagnose/corpus'
import { Seed } from '../../support/diagnose/seed'

const { faults, healthy } = readCorpus()
/** Of sixty, and the same share of more. */
const LEAST_RIGHT = 0.9
const MAX_MS = 2000

const kubeconfig = testKubeconfig()

describe.runIf(hasKubectl() && kubeconfig !== undefined)('a diagnosis of seeded faults', () => {
  const seed = new Seed(kubeconfig ?? '', [...faults, ...healthy])
  let cluster: OpenCluster
  const right: string[] = []
  const wrong: string[] = []
  const times: number[] = []

  beforeAll(async () => {
    cluster = openTestCluster(kubeconfig ?? '')
    await seed.apply()
  }, 400_000)
  afterAll(async () => {
    await seed.remove()
    await cluster.close()
  })

  async function ask({ id, ask }: Case) {
    const { answer, ms } = await diagnoseIn(
      cluster,
      ask ? { ...ask, ...(ask.resource !== 'node' && { namespace: id }) } : { namespace: id },
    )
    times.push(ms)
    return answer
  }

  it.each(faults)('is asked for the cause of $id', async (each) => {
    const answer = await ask(each)
    const problem = mismatch(each, answer)
    if (problem === undefined) right.push(each.id)
    else wrong.push(`${each.id}: ${problem}`)
  })

  it(`has the right cause first in ${LEAST_RIGHT * 100} of 100`, () => {
    console.info(`right cause first: ${right.length} of ${faults.length}; at most ${Math.round(Math.max(...times))} ms`)
    expect(right.length / faults.length, wrong.join('\n')).toBeGreaterThanOrEqual(LEAST_RIGHT)
  })

  it.each(healthy)('finds nothing in $id', async (each) => {
    const { findings, verdict } = await ask(each)
    expect(findings.map(({ cause, object }) => `${object.kind} ${object.name}: ${cause.text}`)).toEqual([])
    expect(verdict).toBe('ok')
  })

  it('takes at most two seconds', () => {
    // The first one also reads the kinds of the cluster.
    const sorted = times.sort((one, other) => one - other)
    expect(sorted.at(Math.floor(sorted.length * 0.95))).toBeLessThan(MAX_MS)
  })
})

/** Undefined if the first finding is the expected one. */
function mismatch({ expect: wanted }: Case, { findings }: Pick<FindingsResult, 'findings'>): string | undefined {
  const [first] = findings
  if (!wanted) return undefined
  if (!first) return 'no findings'
  const object = `${first.object.kind}/${first.object.name}`
  const shown = `${object} ${first.check} ${first.cause.code}`
  if (first.check !== wanted.check || !object.startsWith(wanted.object)) return shown
  if (wanted.code !== undefined && first.cause.code !== wanted.code) return shown
  const evidence = first.evidence.map(({ text }) => text.text).join('\n')
  return wanted.log === undefined || evidence.includes(wanted.log)
    ? undefined
    : `${shown}, evidence without ${wanted.log}`
}
