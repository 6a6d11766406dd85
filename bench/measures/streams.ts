/** Many streams at once: the server's cost compared with a bare relay, and the lateness of its tokens. */
import { z } from 'zod'
import { chat, completion, getJson } from '../client'
import type { LoadReport } from '../load'
import { microsPerToken, startLoad } from '../load-run'
import { cpuSeconds, currentMemory, machineSince, peakMemory } from '../process-usage'
import { info, limit, ms } from '../result'
import type { Context, Line, Result } from '../result'
import { withRig } from '../rig'
import type { Rig, Running } from '../rig'
import type { Script } from '../script'
import { toQuestion } from '../script'

const PER_SECOND = 20
const WAYS = ['direct', 'relay', 'server'] as const
type Way = (typeof WAYS)[number]

interface Run extends LoadReport {
  way: Way
  streams: number
  /** Of the process between client and model: CPU seconds in the window, microseconds a token, memory in MiB. */
  cpu: number
  cpuPerToken: number
  idleMemory: number
  peakMemory: number
  /** Load of the model's event loop and of the machine's cores, from 0 to 1. */
  modelBusy: number
  machineBusy: number
}

/** Longer than a run takes. */
const STREAM_SECONDS = 300

/** Above this load, the generator or the model may itself delay tokens. */
const BOTTLENECK = 0.85

export async function streams({ quick }: Context): Promise<Result> {
  const runs: Run[] = []
  for (const count of [500, 1000])
    for (const way of WAYS) runs.push(await withRig((rig) => run(rig, way, count, quick)))
  const lines = [500, 1000].flatMap((count) => {
    const of = (way: Way) => runs.find((each) => each.way === way && each.streams === count)
    const [relay, server] = [of('relay'), of('server')]
    return relay && server ? judge(relay, server) : []
  })
  return { lines, tables: [table(runs)] }
}

/** A server that loses tokens misses its goals even if the rest is cheap. */
function judge(relay: Run, server: Run): Line[] {
  const kept = keepsUp(server)
  const line = (what: string, value: number, goal: number): Line => {
    const judged = limit(`${server.streams} streams: ${what}, server ÷ relay`, value, goal, '×', 2)
    return kept ? judged : { ...judged, figure: `${judged.figure}, and did not keep up`, met: false }
  }
  return [
    line('CPU time a token', server.cpuPerToken / relay.cpuPerToken, 1.3),
    line('peak memory', server.peakMemory / relay.peakMemory, 1.3),
    line('p99 lateness', server.p99 / relay.p99, 2),
    info(`${server.streams} streams: p99 lateness of the server`, server.p99, 'ms', 2),
  ]
}

function keepsUp({ streams: count, streaming, tokensPerSecond }: Run): boolean {
  return streaming === count && tokensPerSecond > count * PER_SECOND * 0.98
}

async function run(rig: Rig, way: Way, count: number, quick: boolean): Promise<Run> {
  const rampMs = count * (quick ? 4 : 8)
  const settleMs = quick ? 1000 : 4000
  const windowMs = quick ? 5000 : 20_000
  const script: Script = { kind: 'stamped', perSecond: PER_SECOND, seconds: STREAM_SECONDS }

  const model = await rig.model()
  const between = await startBetween(rig, way, model)
  const target =
    way === 'server'
      ? chat(between.port, script)
      : completion(between.port, JSON.stringify({ model: 'gpt-oss:20b', stream: true, messages: question(script) }))
  const idleMemory = currentMemory(between.pid)
  const load = startLoad(rig, { ...target, streams: count, rampMs, settleMs, windowMs })

  await load.begun()
  const machine = machineSince()
  await getJson(`${model.url}/bench/load`)
  const cpu = cpuSeconds(between.pid)
  await load.ended()
  const used = cpuSeconds(between.pid) - cpu
  const machineBusy = machine()
  const modelBusy = z.number().parse(await getJson(`${model.url}/bench/load`))
  const peak = peakMemory(between.pid)
  const report = await load.report()
  return {
    ...report,
    way,
    streams: count,
    cpu: used,
    cpuPerToken: microsPerToken(used, report, windowMs),
    idleMemory,
    peakMemory: peak,
    modelBusy,
    machineBusy,
  }
}

/** The process that the client connects to. */
async function startBetween(rig: Rig, way: Way, model: Running): Promise<Running> {
  if (way === 'relay') return await rig.relay(model.url)
  if (way === 'server') return await rig.server({ modelUrl: model.url, env: { MAX_TURNS: '2000' } })
  return model
}

function question(script: Script) {
  return [{ role: 'user', content: toQuestion(script) }]
}

function table(runs: Run[]) {
  const percent = (share: number) => `${Math.round(share * 100)} %`
  return {
    title: `Streams at ${PER_SECOND} tokens/s`,
    columns: [
      'streams',
      'way',
      'tokens/s',
      'CPU, s',
      'CPU a token, µs',
      'memory idle, MiB',
      'memory peak, MiB',
      'late p50, ms',
      'late p99, ms',
      'generator busy',
      'model busy',
      'machine busy',
      'remarks',
    ],
    rows: runs.map((run) => [
      String(run.streams),
      run.way,
      run.tokensPerSecond.toFixed(0),
      ...ofTheProcess(run),
      ms(run.p50),
      ms(run.p99),
      percent(run.busy),
      percent(run.modelBusy),
      percent(run.machineBusy),
      remarks(run),
    ]),
  }
}

/** A direct connection has no process in between. */
function ofTheProcess({ way, cpu, cpuPerToken, idleMemory, peakMemory: peak }: Run): string[] {
  if (way === 'direct') return ['–', '–', '–', '–']
  return [cpu.toFixed(1), cpuPerToken.toFixed(1), idleMemory.toFixed(0), peak.toFixed(0)]
}

function remarks(run: Run): string {
  const said = []
  if (run.refused + run.broken > 0) said.push(`${run.refused} refused, ${run.broken} broken off`)
  if (run.streaming < run.streams) said.push(`${run.streams - run.streaming} never began`)
  if (run.busy > BOTTLENECK) said.push('the generator is the bottleneck')
  if (run.modelBusy > BOTTLENECK) said.push('the model is the bottleneck')
  if (!keepsUp(run)) said.push('tokens are missing')
  return said.join('; ') || '–'
}
