/** Checks of answers and of values in objects. */
import type { ChatAnswer } from '../../../../shared/chat/answer'
import { describe, expect, it } from 'vitest'
import { answerProblems } from '../../../../packages/eval/src/checks/answer'
import { valueAt } from '../../../../packages/eval/src/cluster/pointer'
import { answerCheckSchema } from '../../../../packages/eval/src/task/answer-check'

function turn(text: string, result: string): ChatAnswer {
  return {
    message: { role: 'assistant', content: text },
    toolCalls: [{ id: 'a', name: 'kubectl_get', arguments: {}, status: 'ok', result: { kind: 'text', text: result } }],
    usage: { promptTokens: 1, completionTokens: 1 },
    steps: 2,
    finishReason: 'stop',
  }
}

/** Problems of a text with one tool result. */
function problems(check: object, text: string, result = 'web-1 CrashLoopBackOff'): string[] {
  const turns = [turn(text, result)]
  return answerProblems(answerCheckSchema.parse(check), { turns, text, approvals: 0 })
}

describe('the facts of an answer', () => {
  it('are found in spite of Markdown, case and the hyphens of gpt-oss', () => {
    expect(
      problems(
        { contains: ['cart-redis'], names: ['web-1'] },
        'The pod **web\u20111** cannot reach `Cart\u2011Redis`.',
      ),
    ).toEqual([])
  })

  it('are found in Vietnamese, composed or not', () => {
    expect(problems({ contains: ['từ chối'] }, 'Thay đổi đã bị từ chối.'.normalize('NFD'))).toEqual([])
  })

  it('may be any of several alternatives', () => {
    expect(problems({ contains: [['image', 'pull']] }, 'It cannot pull.')).toEqual([])
    expect(problems({ contains: [['image', 'pull']] }, 'It fails.')).toEqual(['the answer lacks "image" or "pull"'])
  })

  it('are not found in longer names', () => {
    expect(problems({ names: ['web'] }, 'web-1 fails.')).toEqual(['the answer does not name web'])
    expect(problems({ withoutNames: ['web'] }, 'web-1 fails.')).toEqual([])
    expect(problems({ names: ['web'] }, 'It is web.')).toEqual([])
  })

  it('must have been read', () => {
    expect(problems({ read: ['CrashLoopBackOff'] }, 'x')).toEqual([])
    expect(problems({ read: ['OOMKilled'] }, 'OOMKilled')).toEqual(['no tool result holds "OOMKilled"'])
    expect(problems({ unread: ['canary'] }, 'x', 'a canary')).toEqual(['a tool result holds "canary"'])
  })

  it('include the number of calls and changes', () => {
    expect(problems({ calls: [1, 2], changes: 0, approvals: 0 }, 'x')).toEqual([])
    expect(problems({ calls: 0, changes: [1, 2] }, 'x')).toEqual([
      '1 successful calls instead of 0',
      '0 changes instead of 1 to 2',
    ])
  })
})

describe('a JSON Pointer', () => {
  const object = { spec: { containers: [{ image: 'a' }], 'a/b': { '~c': 1 } } }

  it.each([
    ['/spec/containers/0/image', 'a'],
    ['/spec/a~1b/~0c', 1],
    ['/spec/containers/1/image', undefined],
    ['/status', undefined],
  ])('finds %s', (pointer, value) => {
    expect(valueAt(object, pointer)).toEqual(value)
  })
})
