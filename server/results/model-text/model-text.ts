import { logTextSteps } from '#shared/results/log-text'
import { tableTextSteps } from '#shared/results/table-text'
import { readKubectlTables } from '../parse/kubectl-table'
import type { Table } from '../parse/kubectl-table'
import type { ParsedPart } from '../parse/reading'
import type { Steps } from '#shared/steps'
import { stepsWithinTokens } from '../within-tokens'
import { plainText } from './plain-text'
import { rowVerdicts } from './row-verdicts'
import { tablesText } from './tables-text'
import { yamlText } from './yaml-text'

/** Arguments that narrow a log of the other known servers. */
const MORE_LOG = 'tail, time or container'

/** A clean part as text for the model, at most an estimated `maxTokens` and never empty (unless `maxTokens` is 0). */
export function* modelText(part: ParsedPart, args: Record<string, unknown>, maxTokens: number): Steps<string> {
  const tableOf = function* (table: Table, most: number): Steps<string> {
    const judged = { ...table, ...(yield* rowVerdicts(table)) }
    return yield* tableTextSteps(judged, { maxTokens: most, args, counts: false })
  }
  switch (part.kind) {
    case 'table':
      return yield* tableOf(part, maxTokens)
    case 'log':
      return yield* logTextSteps(part, { maxTokens, more: MORE_LOG })
    case 'yaml':
      return yield* stepsWithinTokens(maxTokens, (maxChars) => yamlText(part.text, maxChars))
    case 'text': {
      // `kubectl get pods,services`: shown as text to the user, as tables to the model.
      const tables = yield* readKubectlTables(part.text)
      if (tables) return yield* tablesText(tables, maxTokens, tableOf)
      return yield* stepsWithinTokens(maxTokens, (maxChars) => plainText(part.text, maxChars))
    }
  }
}
