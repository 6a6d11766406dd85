/** Time to first token: what the server and a bare relay add to a direct request. */
import { z } from 'zod'
import { ask, chat, completion, getJson } from '../client'
import type { Target } from '../client'
import { limit, ms } from '../result'
import type { Context, Result } from '../result'
import { withRig } from '../rig'
import { MARK, nowMicros, readStamps } from '../stamp'
import { p50, p99 } from '../stats'

const requestsSchema = z.array(z.object({ body: z.string() }))

/** One question: its time to first token, split at the moment the model sent it, in ms. */
interface Sample {
  total: number
  before: number
  after: number
}

const WAYS = ['direct', 'relay', 'server'] as const
type Way = (typeof WAYS)[number]

export async function firstToken({ quick }: Context): Promise<Result> {
  const [questions, warmUp] = quick ? [100, 100] : [1000, 300]
  return await withRig(async (rig) => {
    const model = await rig.model()
    const relay = await rig.relay(model.url)
    const server = await rig.server({ modelUrl: model.url })
    const toServer = chat(server.port, { kind: 'first-token' })
    await getJson(`${model.url}/bench/requests`)
    await ask(toServer, MARK)
    // All three send the same bytes: the body that the server makes of the question.
    const [sent] = requestsSchema.parse(await getJson(`${model.url}/bench/requests`))
    const body = sent?.body ?? ''
    const targets = {
      direct: completion(model.port, body),
      relay: completion(relay.port, body),
      server: toServer,
    }
    const samples: Record<Way, Sample[]> = { direct: [], relay: [], server: [] }
    for (let at = -warmUp; at < questions; at++) {
      // The order rotates, so that none always follows the same other.
      for (const step of [0, 1, 2]) {
        const way = WAYS[(at + warmUp + step) % 3] ?? 'direct'
        const sample = await measure(targets[way])
        if (at >= 0) samples[way].push(sample)
      }
    }
    return report(samples)
  })
}

async function measure(target: Target): Promise<Sample> {
  const startedAt = nowMicros()
  const { ms: total, text } = await ask(target, MARK)
  let sentAt = Number.NaN
  readStamps(text, (stamped) => (sentAt = stamped))
  const before = (sentAt - startedAt) / 1000
  return { total, before, after: total - before }
}

function report(samples: Record<Way, Sample[]>): Result {
  const added = (way: Way) => samples[way].map(({ total }, at) => total - (samples.direct[at]?.total ?? Number.NaN))
  const lines = [
    limit('Time to first token added by the server, p50', p50(added('server')), 3, 'ms', 2),
    limit('Time to first token added by the server, p99', p99(added('server')), 10, 'ms', 2),
  ]
  const columns = [
    'way',
    'p50, ms',
    'p99, ms',
    'until the model answers, p50',
    'after it, p50',
    'added p50',
    'added p99',
  ]
  const rows = WAYS.map((way) => {
    const of = (key: keyof Sample) => samples[way].map((sample) => sample[key])
    const more = way === 'direct' ? ['–', '–'] : [ms(p50(added(way))), ms(p99(added(way)))]
    return [way, ms(p50(of('total'))), ms(p99(of('total'))), ms(p50(of('before'))), ms(p50(of('after'))), ...more]
  })
  const title = `Time to first token over ${samples.direct.length} questions each way, one after the other in turn`
  return { lines, tables: [{ title, columns, rows }] }
}
