/** Logs, YAML and plain text for the model. */
import { describe, expect, it } from 'vitest'
import { estimateTokens } from '../../../shared/results/tokens'
import { present, presentText, textOf } from './load-fixture'

const log = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n')
const lastLine = (text: string): string => text.split('\n').at(-1) ?? ''

describe('a log for the model', () => {
  it('is whole if it fits', () => {
    expect(present('kubernetes-mcp-server/pods_log').forModel).toContain(
      textOf(present('kubernetes-mcp-server/pods_log')),
    )
  })

  it('keeps its end and the errors before, in their order, and says how many lines are missing', () => {
    const text = log(10_000, (index) =>
      index === 40 ? 'ERROR disk full on /data' : index === 3000 ? 'panic: nil map' : `INFO line ${index}`,
    )
    const model = presentText('pods_log', text, { maxTokens: 300 }).forModel
    const lines = model.split('\n')
    expect(estimateTokens(model)).toBeLessThanOrEqual(300)
    expect(lines.indexOf('ERROR disk full on /data')).toBeGreaterThan(0)
    expect(lines.indexOf('panic: nil map')).toBeGreaterThan(lines.indexOf('ERROR disk full on /data'))
    expect(lines.at(-2)).toBe('INFO line 9999')
    const shown = lines.filter((line) => /^(INFO|ERROR|panic)/.test(line)).length
    expect(lines.at(-1)).toContain(`Left out: ${(10_000 - shown).toLocaleString('en-US')} of 10,000 lines`)
    expect(lines.at(-1)).toMatch(/More: tail, time or container\.$/)
  })

  it('shows an error that repeats only once', () => {
    const text = log(5000, (index) =>
      index < 4000 ? `2026-11-22T08:00:${index % 60}Z ERROR timeout after ${index}ms` : `INFO ${index}`,
    )
    const model = presentText('pods_log', text, { maxTokens: 300 }).forModel
    expect(model).toMatch(/ERROR timeout after 3999ms \(4,000 times\)/)
    expect(model.match(/ERROR/g)?.length).toBeLessThan(5)
  })

  it('cuts a line that is too long', () => {
    const model = presentText('pods_log', `start\n${'x'.repeat(5000)}\nERROR end`, { maxTokens: 300 }).forModel
    expect(estimateTokens(model)).toBeLessThanOrEqual(300)
    expect(model).toMatch(/x … x+\nERROR end/)
    expect(lastLine(model)).toBe('Long lines are cut.')
  })

  it.each([1, 50, 170, 400])('keeps to %d tokens', (maxTokens) => {
    const model = presentText(
      'pods_log',
      log(3000, (index) => `ERROR ${index} 🚀`),
      { maxTokens },
    ).forModel
    expect(estimateTokens(model)).toBeLessThanOrEqual(maxTokens)
    expect(model.isWellFormed()).toBe(true)
  })

  it('is whole to the person', () => {
    const text = log(10_000, (index) => `INFO line ${index}`)
    expect(textOf(presentText('pods_log', `${text}\n`, { maxTokens: 150 }))).toBe(text)
  })
})

describe('YAML for the model', () => {
  const managed = `apiVersion: v1
kind: Pod
metadata:
  managedFields:
  - apiVersion: v1
    fieldsV1:
      f:metadata: {}
    manager: kubectl
  name: web
  uid: 6ab55a16-a7e6-405e-9e23-11ae750afd6b
spec:
  nodeName: worker-1`

  it('has no managedFields and no last-applied-configuration; the person sees both', () => {
    const result = presentText('resources_get', managed)
    expect(result.forModel).toBe(
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  uid: 6ab55a16-a7e6-405e-9e23-11ae750afd6b\nspec:\n  nodeName: worker-1',
    )
    expect(textOf(result)).toBe(managed)
    expect(present('kubernetes-mcp-server/resources_get_deploy').forModel).not.toContain('last-applied')
  })

  it('gives up uids before anything that says more', () => {
    const whole = present('kubernetes-mcp-server/pods_get').forModel
    expect(whole).toContain('uid:')
    const model = present('kubernetes-mcp-server/pods_get', estimateTokens(whole) - 1).forModel
    expect(model).not.toContain('uid:')
    expect(model).not.toContain('tolerations')
    expect(model).toContain('reason: CrashLoopBackOff')
    expect(lastLine(model)).toMatch(/^… uids, versions and other bookkeeping left out/)
  })

  it('keeps head and status when it must cut', () => {
    const model = present('kubernetes-mcp-server/pods_get', 300).forModel
    expect(estimateTokens(model)).toBeLessThanOrEqual(300)
    expect(model).toMatch(/^apiVersion: v1\nkind: Pod\n/)
    expect(model).toContain('phase: Running')
    expect(lastLine(model)).toMatch(/^… \d+ of \d+ lines left out/)
  })
})

describe('other text for the model', () => {
  it('keeps state and events of kubectl describe, and gives up its ballast first', () => {
    const whole = estimateTokens(present('mcp-server-kubernetes/describe_pod').forModel)
    const model = present('mcp-server-kubernetes/describe_pod', whole - 20).forModel
    expect(model).toContain('Reason:  CrashLoopBackOff')
    expect(model).toContain('Back-off restarting failed container')
    expect(model).not.toContain('Tolerations')
    expect(lastLine(model)).toMatch(/^… \d+ of 59 lines left out, such as annotations\./)
  })

  it('keeps head and end of a longer text', () => {
    const model = presentText(
      'explain_resource',
      log(1000, (index) => `line ${index}`),
      { maxTokens: 130 },
    ).forModel
    expect(estimateTokens(model)).toBeLessThanOrEqual(130)
    expect(model).toMatch(/^line 0\n/)
    expect(model).toContain('\n…\n')
    expect(model).toContain('line 999\n… ')
    const shown = model.split('\n').filter((line) => line.startsWith('line')).length
    expect(lastLine(model)).toBe(
      `… ${1000 - shown} of 1,000 lines left out, most in the middle. The person sees all of them.`,
    )
  })
})
