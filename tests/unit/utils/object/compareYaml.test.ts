import { describe, expect, it } from 'vitest'
import { compareYaml } from '../../../../utils/object/compareYaml'

const pod = (name: string, image: string, time: string) => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  uid: ${name}-uid
  resourceVersion: "${time.length}${name}"
  creationTimestamp: ${time}
spec:
  containers:
    - image: ${image}
      name: cart
status:
  podIP: 10.0.0.${name.length}
  startTime: ${time}
  phase: Running
`

const changed = (first: string, second: string) =>
  compareYaml(first, second)
    .filter(({ kind }) => kind === 'added' || kind === 'removed')
    .map(({ sign, text }) => `${sign}${text.trim()}`)

describe('compareYaml', () => {
  it('finds two pods equal that differ in name, ids and times', () => {
    expect(
      compareYaml(pod('a', 'cart:1', '2026-11-29T10:00:00Z'), pod('bb', 'cart:1', '2026-11-29T11:00:00Z')),
    ).toEqual([])
  })

  it('shows what differs besides', () => {
    expect(changed(pod('a', 'cart:1', '2026-11-29T10:00:00Z'), pod('bb', 'cart:2', '2026-11-29T11:00:00Z'))).toEqual([
      '-- image: cart:1',
      '+- image: cart:2',
    ])
  })

  it('takes no difference from the order of keys', () => {
    expect(compareYaml('a: 1\nb: 2\n', 'b: 2\na: 1\n')).toEqual([])
  })

  it('compares texts that are no YAML as they are', () => {
    expect(changed('a: [', 'b: [')).toEqual(['-a: [', '+b: ['])
  })
})
