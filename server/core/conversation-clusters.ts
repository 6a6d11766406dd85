/** One conversation, one cluster: the first question decides, as long as this process remembers it. */
import { msg } from '#shared/messages/create'
import { ClusterChoiceError } from './connections/errors'

/** The oldest are forgotten first. */
const MAX_CONVERSATIONS = 20_000

export class ConversationClusters {
  private readonly chosen = new Map<string, string>()

  constructor(private readonly max = MAX_CONVERSATIONS) {}

  /**
   * @param conversation the client's id; without one each question stands alone
   * @throws ClusterChoiceError for another cluster than that of the first question
   */
  keep(user: string, conversation: string | undefined, cluster: string): void {
    if (conversation === undefined) return
    const key = JSON.stringify([user, conversation])
    const first = this.chosen.get(key) ?? cluster
    if (first !== cluster) throw new ClusterChoiceError(msg('cluster-fixed', { first, cluster }))
    this.chosen.delete(key)
    this.chosen.set(key, cluster)
    for (const oldest of this.chosen.keys()) {
      if (this.chosen.size <= this.max) break
      this.chosen.delete(oldest)
    }
  }
}
