import { describe, expectTypeOf, it } from 'vitest'
import type { ModelToolName, ServerToolName } from '#shared/tool-names'

describe('the names of a tool', () => {
  it('are types apart, and no string is one of them unread', () => {
    expectTypeOf<ModelToolName>().not.toExtend<ServerToolName>()
    expectTypeOf<ServerToolName>().not.toExtend<ModelToolName>()
    expectTypeOf<string>().not.toExtend<ServerToolName>()
    expectTypeOf<string>().not.toExtend<ModelToolName>()
    expectTypeOf<ModelToolName>().toExtend<string>()
  })
})
