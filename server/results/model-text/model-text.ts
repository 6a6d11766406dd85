import { readKubectlTables } from '../parse/kubectl-table'
import type { ParsedPart } from '../parse/reading'
import type { Steps } from '../../redact/steps'
import { logText } from './log-text'
import { plainText } from './plain-text'
import { tableText } from './table-text'
import { tablesText } from './tables-text'
import { yamlText } from './yaml-text'

/** A clean part as text for the model, at most `maxChars` characters and never empty (unless `maxChars` is 0). */
export function* modelText(part: ParsedPart, args: Record<string, unknown>, maxChars: number): Steps<string> {
  switch (part.kind) {
    case 'table':
      return yield* tableText(part, args, maxChars)
    case 'log':
      return logText(part.text, maxChars)
    case 'yaml':
      return yield* yamlText(part.text, maxChars)
    case 'text': {
      // `kubectl get pods,services`: shown as text to the user, as tables to the model.
      const tables = yield* readKubectlTables(part.text)
      return tables ? yield* tablesText(tables, args, maxChars) : yield* plainText(part.text, maxChars)
    }
  }
}
