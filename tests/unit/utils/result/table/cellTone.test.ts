import { describe, expect, it } from 'vitest'
import { cellTone, type Tone } from '../../../../../utils/result/table/cellTone'

const statuses: [string, Tone | undefined][] = [
  ['Running', 'ok'],
  ['Ready', 'ok'],
  ['Completed', 'idle'],
  ['CrashLoopBackOff', 'bad'],
  ['Error', 'bad'],
  ['ImagePullBackOff', 'bad'],
  ['ErrImagePull', 'bad'],
  ['OOMKilled', 'bad'],
  ['CreateContainerConfigError', 'bad'],
  ['Init:CrashLoopBackOff', 'bad'],
  ['NotReady', 'bad'],
  ['Evicted', 'bad'],
  ['FailedScheduling', 'bad'],
  ['BackOff', 'bad'],
  ['Init:0/1', 'warn'],
  ['ContainerCreating', 'warn'],
  ['PodInitializing', 'warn'],
  ['Pending', 'warn'],
  ['Terminating', 'warn'],
  ['Ready,SchedulingDisabled', 'warn'],
  ['Warning', 'warn'],
  ['ClusterIP', undefined],
  ['Normal', undefined],
]

describe('cellTone', () => {
  it.each(statuses)('%s', (status, tone) => {
    expect(cellTone('STATUS', status)).toBe(tone)
  })

  it('leaves other columns alone', () => {
    expect(cellTone('NAME', 'error-reporter')).toBeUndefined()
  })

  it('colours partially ready values in any column', () => {
    expect(cellTone('READY', '0/2')).toBe('bad')
    expect(cellTone('READY', '1/2')).toBe('warn')
    expect(cellTone('COMPLETIONS', '2/2')).toBeUndefined()
  })

  it('does not blame a pod that has completed for not being ready', () => {
    expect(cellTone('READY', '0/1', 'Completed')).toBe('idle')
    expect(cellTone('READY', '0/1', 'Pending')).toBe('bad')
  })
})
