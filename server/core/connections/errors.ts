/** Errors of the choice of a cluster. */
import { LocalizedError } from '#shared/messages/error'
import type { Message } from '#shared/messages/message'

/** No cluster was chosen, or not one of the user's. */
export class ClusterChoiceError extends LocalizedError {
  constructor(detail: Message) {
    super(detail)
    this.name = 'ClusterChoiceError'
  }
}
