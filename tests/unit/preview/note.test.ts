import { describe, expect, it } from 'vitest'
import { cleanNote, note } from '../../../server/preview/note'
import { previewNoteSchema } from '../../../shared/preview-note'

const CANARY = 'hunter2-canary'

describe('a note', () => {
  it('is its code, its params, and the English sentence made of both', () => {
    expect(note('helm-exists', { release: 'cart', revision: 3 })).toEqual({
      code: 'helm-exists',
      params: { release: 'cart', revision: 3 },
      text: 'A release cart exists already, at revision 3: to install it again will fail.',
    })
    expect(note('rollout-reads')).toEqual({ code: 'rollout-reads', text: 'This call only reads.' })
  })

  it('fills a param in once: what looks like a name in it stays', () => {
    expect(note('missing-in', { object: 'Pod {namespace}', namespace: '$& {object}' }).text).toBe(
      'Pod {namespace} does not exist in namespace $& {object}.',
    )
  })

  it('keeps to its schema, which takes the codes of a later version, too', () => {
    const made = note('missing', { object: 'Pod a' })
    expect(previewNoteSchema.parse(made)).toEqual(made)
    expect(previewNoteSchema.safeParse({ ...made, code: 'no-such-code' }).success).toBe(true)
    for (const odd of [{ code: 7 }, { text: undefined }, { params: { object: {} } }])
      expect(previewNoteSchema.safeParse({ ...made, ...odd }).success).toBe(false)
  })
})

describe('a cleaned note', () => {
  it('has no credential and no hidden character, in its params as in its text', () => {
    const clean = cleanNote(note('api-refuses', { words: `web\u202E says password: ${CANARY}` }))
    expect(clean.code).toBe('api-refuses')
    expect(JSON.stringify(clean)).not.toMatch(new RegExp(`${CANARY}|\u202E`))
    expect(clean.text).toBe(`The API server refuses it: ${String(clean.params?.words)}`)
  })

  it('leaves numbers as they are, and what holds nothing', () => {
    const plain = note('helm-history', { release: 'cart', revision: 3 })
    expect(cleanNote(plain)).toEqual(plain)
    expect(cleanNote(note('dry-run'))).toEqual(note('dry-run'))
  })

  it('goes as it is written where only the whole sentence gives a credential away', () => {
    const whole = note('hidden', { object: 'password', paths: CANARY })
    const clean = cleanNote(whole)
    expect(JSON.stringify(clean)).not.toContain(CANARY)
    expect(clean).toEqual({ code: 'as-written', params: { words: clean.text }, text: clean.text })
  })
})
