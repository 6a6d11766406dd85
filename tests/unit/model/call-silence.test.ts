import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CallSilence } from '../../../server/model/call-silence'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watch() {
  const reported: string[] = []
  const silence = new CallSilence((state, tool) => reported.push(`${state} ${tool ?? ''}`.trim()))
  return { reported, silence }
}

describe('silence while a call may be being written (model-9)', () => {
  it('is reported after seconds, not between usual tokens', () => {
    const { reported, silence } = watch()
    for (let chunk = 0; chunk < 5; chunk++) {
      silence.arrived(true, undefined)
      vi.advanceTimersByTime(3900)
    }
    expect(reported).toEqual([])
    vi.advanceTimersByTime(100)
    expect(reported).toEqual(['writing-call'])
  })

  it('is no call in the middle of a sentence', () => {
    const { reported, silence } = watch()
    silence.arrived(true, undefined)
    silence.arrived(false, undefined)
    vi.advanceTimersByTime(60_000)
    expect(reported).toEqual([])
  })

  it('is reported with the tool at once, and only once, if the server sends the call in pieces', () => {
    const { reported, silence } = watch()
    for (let chunk = 0; chunk < 3; chunk++) silence.arrived(true, 'kubectl_apply')
    vi.advanceTimersByTime(60_000)
    expect(reported).toEqual(['writing-call kubectl_apply'])
  })

  it('is not reported after the end of the step', () => {
    const { reported, silence } = watch()
    silence.arrived(true, undefined)
    silence.close()
    vi.advanceTimersByTime(60_000)
    expect(reported).toEqual([])
  })
})
