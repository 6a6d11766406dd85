/** The lines of a log that have at least a level. */
import { logLevels, type LogLevel } from '../result/log/logLevels'

export const LEVEL_CHOICES = ['all', 'warnings', 'errors'] as const
export type LevelChoice = (typeof LEVEL_CHOICES)[number]

const KEPT: Record<Exclude<LevelChoice, 'all'>, ReadonlySet<LogLevel>> = {
  warnings: new Set<LogLevel>(['warn', 'error', 'fatal']),
  errors: new Set<LogLevel>(['error', 'fatal']),
}

/** A stack trace stays with its first line. */
export function linesOfLevel(text: string, choice: LevelChoice): string {
  if (choice === 'all') return text
  const lines = text.split('\n')
  const levels = logLevels(lines)
  return lines
    .filter((_, index) => {
      const level = levels[index]
      return level !== undefined && KEPT[choice].has(level)
    })
    .join('\n')
}
