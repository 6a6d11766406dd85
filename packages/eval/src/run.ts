/** `npm run eval`: evaluates a model through the built assistant; see README.md. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { main, Problem } from '../../../scripts/run.mjs'
import { openClusterUnderTest } from './cluster/under-test'
import { readOptions } from './options'
import type { Options } from './options'
import { comparison } from './report/compare'
import { markdownReport, percent } from './report/markdown'
import { keepResult } from './report/keep-result'
import { summaryOf } from './report/summary'
import { createApps } from './run/apps'
import { evaluate } from './run/evaluate'
import { chooseModel } from './run/models'
import { describeAssistant } from './run/describe'
import { evaluationReportSchema } from './run/result'
import type { EvaluationReport, RunResult } from './run/result'
import { recoveryReport, runFailures } from './scripted/run-failures'
import { loadTasks, TaskError } from './task/load'
import { selectTasks } from './task/select'

const FOLDER = join(import.meta.dirname, '..')

// On a signal, exit normally, so that the exit handlers end the started processes.
process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143))

await main(async () => {
  const options = readOptions(process.argv.slice(2))
  if (options.compare) {
    const [before, after] = options.compare.map(readReport)
    if (before && after) console.log(comparison(before, after))
    return 0
  }
  return await run(options)
})

async function run(options: Options): Promise<number> {
  const all = tasksOrProblem()
  const cluster = await openClusterUnderTest(process.env.TEST_KUBECONFIG)
  const model = await chooseModel(options.scripted)
  const apps = createApps(cluster.kubeconfig, process.env, model.env)
  const rig = { objects: cluster.objects, app: apps.url, onStart: model.onStart }
  try {
    if (options.scripted === 'failures') {
      const results = await runFailures(FOLDER, all, rig, model, (line) => console.log(line))
      console.log(`\n${recoveryReport(results)}`)
      write(options.out, recoveryReport(results), results)
      return 0
    }
    const selection = selectTasks(all, { ...options, has: cluster.has })
    if (selection.tasks.length === 0) throw new Problem('No task fits --only, --short and the cluster.')
    const about = await describeAssistant(await apps.url('read-only'))
    const report = await evaluate(selection, { ...options, ...about }, rig, printResult)
    finish(report, options)
    return 0
  } finally {
    await apps.close()
    await model.close()
    await cluster.close()
  }
}

function printResult({ task, passed, cause, problems, seconds, run }: RunResult, left: number): void {
  const outcome = passed ? 'passed' : `failed, ${cause}: ${problems.join('; ').slice(0, 300)}`
  console.log(`${task}${run > 1 ? ` (run ${run})` : ''}: ${outcome} (${seconds} s, ${left} left)`)
}

function finish(report: EvaluationReport, { out, only, scripted }: Options): void {
  for (const { id, reason } of report.skipped) console.log(`${id}: skipped, ${reason}`)
  const { passAt1, passed, of } = summaryOf(report.results)
  console.log(`\n${report.model}: pass@1 ${percent(passAt1)}, ${passed} of ${of} runs passed.`)
  write(out, markdownReport(report), report)
  // Neither some chosen tasks nor a scripted model tell how good a model is.
  if (only.length === 0 && scripted === undefined)
    console.log(`The page shows this result after the assistant's next start: ${keepResult(report, process.env)}`)
}

function write(folder: string | undefined, markdown: string, data: unknown): void {
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'report.md'), markdown)
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(data, undefined, 2)}\n`)
  console.log(`Written: ${join(folder, 'report.md')}, ${join(folder, 'report.json')}`)
}

function readReport(path: string): EvaluationReport {
  const parsed = evaluationReportSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (parsed.success) return parsed.data
  throw new Problem(`${path} is not a report of npm run eval.`)
}

function tasksOrProblem() {
  try {
    return loadTasks(join(FOLDER, 'tasks'))
  } catch (error) {
    throw error instanceof TaskError ? new Problem(error.message) : error
  }
}
