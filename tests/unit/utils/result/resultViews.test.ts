import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { resultPartSchema } from '#shared/result'

const folder = fileURLToPath(new URL('../../../../components/result/kinds', import.meta.url))

/** A text is drawn by a component of the first load. */
const kinds = resultPartSchema.options.map(({ shape }) => shape.kind.value).filter((kind) => kind !== 'text')

it.each(kinds)('has a component for results of kind %s', (kind) => {
  expect(existsSync(`${folder}/${kind.charAt(0).toUpperCase()}${kind.slice(1)}.vue`)).toBe(true)
})
