/** Why a direct read failed, as text for a person. */
import { messageFrom } from '#shared/messages/message'
import type { Say, Text } from '../../composables/ui/useText'
import { ChatRequestError } from '../chat/chatProblem'
import { ReadRefusedError } from './readCluster'

export function readFailure(error: unknown, t: Text, say: Say): string {
  if (error instanceof ReadRefusedError) return say(messageFrom(error.result.text, error.result.localized))
  if (error instanceof TypeError) return t('error.code.unreachable')
  if (!(error instanceof ChatRequestError)) return t('error.code.unknown')
  const { code, message, localized } = error.problem
  return message === undefined ? t(`error.code.${code}`) : say(messageFrom(message, localized))
}
