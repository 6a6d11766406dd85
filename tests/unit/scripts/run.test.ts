import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'

const module = new URL('../../../scripts/run.mjs', import.meta.url).href

/** Process groups: a command that fails its test leaves what it ran behind. */
const groups: number[] = []

afterEach(() => {
  for (const group of groups.splice(0)) {
    try {
      process.kill(-group, 'SIGKILL')
    } catch {
      // All of it has ended.
    }
  }
})

/** Runs one of our commands whose body this is, in a process of its own. */
function command(body: string) {
  const script = `import { main, Problem, run } from '${module}'\nawait main(async () => { ${body} })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  groups.push(child.pid ?? 0)
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk))
  return { child, printed: () => printed, ended: once(child, 'close') }
}

const inner = (code: string): string => `return await run(process.execPath, ['--eval', ${JSON.stringify(code)}])`

// Two processes start for each of them, which takes its time on a busy machine.
describe('a command', { timeout: 30_000 }, () => {
  it('ends with the exit code of what it ran', async () => {
    expect(await command(inner('process.exit(7)')).ended).toEqual([7, null])
  })

  it('shows a problem without a stack', async () => {
    const { printed, ended } = command(`throw new Problem('There is no browser.')`)
    expect(await ended).toEqual([1, null])
    expect(printed()).toBe('There is no browser.\n')
  })

  it('says which program is missing', async () => {
    const { printed, ended } = command(`return await run('no-such-program', [])`)
    expect(await ended).toEqual([1, null])
    expect(printed()).toContain('Cannot run no-such-program')
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('passes %s on, and ends as the program ends', async (signal) => {
    const body = `process.on('${signal}', () => { console.log('asked to stop'); process.exit(3) }); setInterval(() => {}, 1000); console.log('ready')`
    const { child, printed, ended } = command(inner(body))
    await once(child.stdout, 'data')
    child.kill(signal)
    expect(await ended).toEqual([3, null])
    expect(printed()).toBe('ready\nasked to stop\n')
  })

  it('stops the program when npm’s shell went, which passes no signal on', async () => {
    const body = `process.on('SIGTERM', () => { console.log('asked to stop'); process.exit(0) }); setInterval(() => {}, 1000); console.log('ready')`
    const command = `import { run } from '${module}'\n${inner(body).replace('return ', '')}`
    // A shell that stays between, as npm's does.
    const args = ['-c', `'${process.execPath}' --input-type=module --eval "$COMMAND"; true`]
    const shell = spawn('sh', args, {
      env: { ...process.env, COMMAND: command, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    })
    groups.push(shell.pid ?? 0)
    await once(shell.stdout, 'data')
    shell.kill('SIGKILL')
    expect(String(await once(shell.stdout, 'data'))).toBe('asked to stop\n')
  })

  it('tells a program that a signal ended by 128 and its number', async () => {
    const { ended } = command(inner(`process.kill(process.pid, 'SIGKILL')`))
    expect(await ended).toEqual([137, null])
  })
})
