/** Whether an answer is a claim about the cluster: unless the question is general, or a few words that name nothing. */
import { hasState, isGeneral, namesCluster } from './general'

/** `and now?`, `are you there?` */
const FEW_WORDS = 3

export function isAboutCluster(question: string, answer: string): boolean {
  if (hasState(answer)) return true
  const isShort = question.trim().split(/\s+/).length <= FEW_WORDS
  return !isGeneral(question) && (!isShort || namesCluster(question) || namesCluster(answer))
}
