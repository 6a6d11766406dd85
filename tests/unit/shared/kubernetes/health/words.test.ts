import { describe, expect, it } from 'vitest'
import { isFinishedWord, isStatusWord, wordVerdict } from '../../../../../shared/kubernetes/health/words'

describe('status words', () => {
  it.each([
    [
      'bad',
      'Degraded OutOfSync PartiallyFailed FinalizingPartiallyFailed FailedValidation ErrorUnschedulable HEALTH_ERR',
    ],
    [
      'bad',
      'NotReady NotFound SyncFailed ErrImagePull ImagePullBackOff CREATE_FAILED Unavailable faulted Lost Down red',
    ],
    [
      'waiting',
      'InProgress UpdateInProgress ROLLBACK_IN_PROGRESS Provisioning pending-upgrade WaitingForPluginOperations',
    ],
    ['ok', 'Running Healthy SecretSynced CREATE_COMPLETE deployed attached Bound ONLINE green'],
    ['unknown', 'Provisioned Hibernated Suspended detached superseded Scheduled NoErrors NotFailed ScaledDown Unknown'],
  ])('calls %s: %s', (verdict, words) => {
    for (const word of words.split(' ')) expect(wordVerdict(word), word).toBe(verdict)
  })

  it('tells a word from a sentence', () => {
    expect(isStatusWord('Not Ready')).toBe(true)
    expect(isStatusWord('Init:CrashLoopBackOff')).toBe(true)
    expect(isStatusWord('install retries exhausted')).toBe(false)
    expect(isStatusWord('error: x')).toBe(false)
    expect(isStatusWord('')).toBe(false)
  })

  it('knows what has ended well', () => {
    expect(isFinishedWord('Completed')).toBe(true)
    expect(isFinishedWord('Running')).toBe(false)
    expect(isFinishedWord('CompletedWithErrors')).toBe(false)
  })
})
