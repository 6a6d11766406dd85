/** A result's coverage as one line, and the notes below it. */
import type { Coverage, ResultNote } from '#shared/result'
import type { Text } from '../../composables/ui/useText'

/** The line already contains this note. */
const IN_LINE = 'namespaces-hidden'

/** @returns the parts of the line, to be joined by ` · ` */
export function coverageLine(t: Text, locale: string, coverage: Coverage | undefined): string[] {
  if (!coverage) return []
  const parts = [scopeText(t, coverage), shownText(t, locale, coverage)]
  return parts.filter((part) => part !== undefined).filter((part) => part !== '')
}

export function notesBelow(coverage: Coverage | undefined): ResultNote[] {
  return (coverage?.notes ?? []).filter(({ code }) => code !== IN_LINE)
}

function scopeText(t: Text, { scope, namespaces = [], unreadNamespaces, complete }: Coverage): string | undefined {
  switch (scope) {
    case 'object':
      return complete ? undefined : t('coverage.incomplete')
    case 'cluster':
      return complete ? t('coverage.cluster') : t('coverage.incomplete')
    case 'namespaces': {
      const names = namespaces.length > 4 ? `${namespaces.slice(0, 3).join(', ')}, …` : namespaces.join(', ')
      if (complete) return t('coverage.namespaces', { names }, namespaces.length)
      if (!unreadNamespaces) return t('coverage.onlyHidden', { names }, namespaces.length)
      const values = { read: namespaces.length, total: namespaces.length + unreadNamespaces.length, names }
      return unreadNamespaces.length === 0
        ? t('coverage.namespaces', { names }, namespaces.length)
        : t('coverage.onlySome', values)
    }
  }
}

function shownText(t: Text, locale: string, { shown, total }: Coverage): string | undefined {
  if (total === undefined || total <= shown) return undefined
  return t('coverage.shown', { shown: shown.toLocaleString(locale), total: total.toLocaleString(locale) })
}
