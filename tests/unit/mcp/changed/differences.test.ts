import { describe, expect, it } from 'vitest'
import { differences } from '../../../../mcp/changed/differences'

const container = (more: object) => ({ spec: { containers: [{ name: 'app', ...more }] } })

describe('differences of two templates', () => {
  it('name the container and the field', () => {
    expect(differences(container({ image: 'app:1' }), container({ image: 'app:2' }), 'spec.template')).toEqual([
      { path: 'spec.template.spec.containers[app].image', before: 'app:1', after: 'app:2' },
    ])
  })

  it('compare list items by name, whatever their order', () => {
    const env = (...names: string[]) => container({ env: names.map((name) => ({ name, value: name })) })
    expect(differences(env('A', 'B'), env('B', 'A'))).toEqual([])
    expect(differences(env('A'), env('A', 'B'))).toMatchObject([
      { path: 'spec.containers[app].env[B].name' },
      { path: 'spec.containers[app].env[B].value', after: 'B' },
    ])
  })

  it('mask a variable whose name promises a credential', () => {
    const env = (value: string) => container({ env: [{ name: 'DB_PASSWORD', value }] })
    const [field] = differences(env('hunter2'), env('hunter3'))
    expect(JSON.stringify(field)).not.toContain('hunter')
  })

  it('show the name of a Secret, which is no secret', () => {
    const from = (name: string) => container({ envFrom: [{ secretRef: { name } }] })
    expect(JSON.stringify(differences(from('tls'), from('tls-2')))).toContain('tls-2')
  })

  it('mask a password inside arguments', () => {
    const args = (value: string) => container({ args: [`--password=${value}`] })
    expect(JSON.stringify(differences(args('hunter2'), args('hunter3')))).not.toContain('hunter')
  })

  it('shorten a long value', () => {
    const [field] = differences({ text: 'a' }, { text: 'b'.repeat(500) })
    expect(field?.after?.length).toBeLessThanOrEqual(120)
  })
})
