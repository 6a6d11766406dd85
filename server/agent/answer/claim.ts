/** Whether an answer is a claim about the cluster. Every answer is one unless the question is a general one. */
import { hasState, isGeneral } from './general'

export function isAboutCluster(question: string, answer: string): boolean {
  return !isGeneral(question) || hasState(answer)
}
