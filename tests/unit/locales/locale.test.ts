import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { defaultLocale, loadLocale } from '../../../locales'

const locales = { en: await loadLocale('en'), vi: await loadLocale('vi') }

function pathsOf(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null ? pathsOf(inner, `${prefix}${key}.`) : [prefix + key],
  )
}

describe.each(Object.entries(locales))('locale %s', (code, messages) => {
  const warnings: string[] = []
  const { global } = createI18n({
    legacy: false,
    locale: code,
    messages: locales,
    missing: (_, key) => {
      warnings.push(key)
    },
  })

  it('says everything that the default locale says', () => {
    expect(pathsOf(messages).sort()).toEqual(pathsOf(locales[defaultLocale]).sort())
  })

  it('has no text that is empty or cannot be read', () => {
    for (const path of pathsOf(messages)) {
      expect(() => global.t(path), path).not.toThrow()
      expect(global.t(path).trim(), path).not.toBe('')
    }
    expect(warnings).toEqual([])
  })

  it('chooses plurals and fills in values', () => {
    const text = (count: number) => global.t('table.rows', { n: count.toLocaleString('en') }, count)
    expect(text(5000)).toContain('5,000')
    expect(new Set([text(0), text(1), text(2)]).size).toBe(3)
  })
})
