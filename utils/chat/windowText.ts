/** Usage of the context window as text. */
import type { Health } from '#shared/health'
import type { WindowUsage } from '#shared/chat/ui-message'
import type { Text } from '../../composables/ui/useText'
import { formatNumber, formatTokens } from '../browser/format'

type Window = Health['model']['window']

/** Between 0 and 1. */
export function windowShare(usage: WindowUsage | undefined): number {
  return usage && usage.total > 0 ? Math.min(1, usage.used / usage.total) : 0
}

/** e.g. `2.1k / 4k tokens`; undefined if the window is unknown. */
export function shortWindowText(t: Text, locale: string, usage?: WindowUsage, window?: Window): string | undefined {
  const short = (tokens: number) => formatTokens(tokens, locale)
  if (usage) return t('status.windowUse', { used: short(usage.used), total: short(usage.total) })
  return window && t('status.windowTotal', { total: short(window.tokens) })
}

/** Exact numbers, shortened results, and the source of the size, one sentence for each line. */
export function longWindowText(t: Text, locale: string, usage?: WindowUsage, window?: Window): string {
  const lines: string[] = []
  if (usage) {
    const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(windowShare(usage))
    const [used, total] = [formatNumber(usage.used, locale), formatNumber(usage.total, locale)]
    lines.push(t('status.windowDetail', { percent, used, total }))
    if (usage.shortened > 0) lines.push(t('status.shortened', {}, usage.shortened))
  } else if (window) {
    lines.push(t('status.windowFree', { total: formatNumber(window.tokens, locale) }))
  }
  if (window) lines.push(t(`status.windowSource.${window.source}`))
  return lines.join('\n')
}
