import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createI18n } from 'vue-i18n'
import { describe, expect, it } from 'vitest'
import { viChangeNotes } from '../../../../locales/vi-change-notes'
import { resultNoteText } from '../../../../utils/result/noteText'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const sources = ['mcp/changes', 'mcp/helm/changes', 'mcp/tools/writes', 'server/preview']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)),
  )
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')

/** Codes that are put together: a beginning or an end stands in the source. */
const isThere = (code: string) =>
  sources.includes(`'${code}'`) ||
  sources.includes(`${code}:`) ||
  /^change-/.test(code) ||
  /-(update|delete|more)$/.test(code) ||
  /^(labels|annotations)-absent$/.test(code)

describe('the notes of changes in Vietnamese', () => {
  it('are for codes that there are', () => {
    expect(Object.keys(viChangeNotes).filter((code) => !isThere(code))).toEqual([])
  })

  it('name only params that the source has', () => {
    const names = Object.values(viChangeNotes).flatMap((text) =>
      [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
    )
    expect([...new Set(names)].filter((name) => name && !new RegExp(`\\b${name}\\b`).test(sources))).toEqual([])
  })

  it('are interpreted as they are written', () => {
    const messages = { vi: { resultNotes: viChangeNotes } }
    const i18n = createI18n({ legacy: false, locale: 'vi', messages })
    const params = { kind: 'Deployment', name: 'web', namespace: 'shop', cluster: 'staging', from: 3, to: 5 }
    const note = { code: 'change-scale', params, text: 'Scale …' }
    const { t, te, tm } = i18n.global
    const translator = { t: (key: string, values: object) => t(key, values as Record<string, unknown>), te, tm }
    expect(resultNoteText(note, translator)).toBe('Đổi số bản sao của Deployment web trong shop trên staging: 3 → 5')
    for (const code of Object.keys(viChangeNotes))
      expect(resultNoteText({ code, params: {}, text: 'English' }, translator)).toBeTypeOf('string')
  })
})
