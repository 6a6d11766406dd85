import { describe, expect, it } from 'vitest'
import { ClusterChoiceError } from '../../../server/core/connections/errors'
import { ConversationClusters } from '../../../server/core/conversation-clusters'

describe('the cluster of a conversation', () => {
  it('is that of its first question', () => {
    const clusters = new ConversationClusters()
    clusters.keep('ada', 'c1', 'local')
    clusters.keep('ada', 'c1', 'local')
    expect(() => clusters.keep('ada', 'c1', 'c-m-abc12')).toThrow(ClusterChoiceError)
    expect(() => clusters.keep('ada', 'c1', 'c-m-abc12')).toThrow('local')
  })

  it('is independent of other conversations and other users, and of questions without one', () => {
    const clusters = new ConversationClusters()
    clusters.keep('ada', 'c1', 'local')
    clusters.keep('ada', 'c2', 'c-m-abc12')
    clusters.keep('bob', 'c1', 'c-m-abc12')
    clusters.keep('ada', undefined, 'local')
    clusters.keep('ada', undefined, 'c-m-abc12')
  })

  it('is forgotten for the conversation that is unused for longest', () => {
    const clusters = new ConversationClusters(2)
    clusters.keep('ada', 'c1', 'local')
    clusters.keep('ada', 'c2', 'local')
    clusters.keep('ada', 'c1', 'local')
    clusters.keep('ada', 'c3', 'local')
    clusters.keep('ada', 'c2', 'other')
    expect(() => clusters.keep('ada', 'c3', 'other')).toThrow(ClusterChoiceError)
  })
})
