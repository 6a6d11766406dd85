/** Random manifests in every style of YAML and JSON, to compare with kubectl's reading. */
import type { Random } from '../../soak/random'
import { YamlWriter } from './manifests/write-yaml'

export const NAMESPACE = 'default'

/**
 * A manifest of ConfigMaps, each with free-form content in `spec`.
 * @param name prefix of the objects' names
 */
export function randomManifest(random: Random, name: string): string {
  const kind = random.next()
  const text = kind < 0.08 ? json(random, name) : yaml(random, name)
  const changed = kind > 0.9 ? damage(random, text) : text
  if (random.next() < 0.03) return changed.replaceAll('\n', '\r\n')
  return random.next() < 0.01 ? `\ufeff${changed}` : changed
}

const SEPARATORS = [
  '---\n',
  '---\n',
  '---\n',
  '--- # next\n',
  '---\t\n',
  '---   \n',
  '\n---\n',
  '---\n# a comment\n---\n',
  '---\n---\n',
]

const LEADS = [
  '---\n',
  '---\n',
  '---\n',
  '# first\n',
  '\n',
  '# first\n---\n',
  '--- # a\n',
  '---\n---\n',
  '%YAML 1.1\n---\n',
]
const ENDS = [
  '',
  '',
  '',
  '\n\n',
  '\n---\n',
  '\n---\n',
  '\n...\n',
  '\n# end',
  '\n  # end\n',
  '\n--- # end\n',
  '\n--- x\n',
]

function yaml(random: Random, name: string): string {
  const count = random.next() < 0.6 ? 1 : 1 + Math.floor(random.next() * 3)
  const documents = Array.from({ length: count }, (_, index) => document(random, `${name}-${index}`))
  const lead = random.next() < 0.3 ? random.pick(LEADS) : ''
  const end = random.next() < 0.3 ? random.pick(ENDS) : '\n'
  const text = documents.reduce((all, each) => `${all}\n${random.pick(SEPARATORS)}${each}`)
  return `${lead}${text}${end}`
}

function document(random: Random, name: string): string {
  const writer = new YamlWriter(random, random.next() < 0.2 ? 0.03 : 0)
  const style = random.next()
  if (style < 0.05) return list(random, name, writer)
  if (style < 0.1) return `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}, namespace: ${NAMESPACE}}}`
  const head = ['apiVersion: v1', 'kind: ConfigMap', `metadata:\n  name: ${name}\n  namespace: ${NAMESPACE}`]
  return random.shuffle([...head, `spec:${writer.value(0, 0)}`, ...more(random, writer)]).join('\n')
}

function more(random: Random, writer: YamlWriter): string[] {
  return random.next() < 0.5 ? [`data:\n${writer.map(2, 1)}`] : []
}

function list(random: Random, name: string, writer: YamlWriter): string {
  const items = Array.from({ length: 1 + Math.floor(random.next() * 3) }, (_, index) =>
    [
      '- apiVersion: v1',
      '  kind: ConfigMap',
      `  metadata: {name: ${name}-${index}, namespace: ${NAMESPACE}}`,
      `  spec:${writer.value(2, 1)}`,
    ].join('\n'),
  )
  return `apiVersion: v1\nkind: List\nitems:\n${items.join('\n')}`
}

const NUMBERS = [
  '0',
  '1',
  '-1',
  '1.0',
  '1.5',
  '1e3',
  '1E+2',
  '-0.0',
  '9007199254740993',
  '1e999',
  '0.1',
  '123456789.25',
]
const TEXTS = [
  '""',
  '"a"',
  '"\\u00e9"',
  '"\\ud83c\\udf89"',
  '"\\ud83c"',
  '"\\/"',
  '"a\\tb"',
  '"日本語"',
  '"yes"',
  '"0644"',
  '"{"',
]

function json(random: Random, name: string): string {
  const value = (depth: number): string => {
    const kind = random.next()
    if (depth < 4 && kind < 0.2) return `[${some(random, () => value(depth + 1))}]`
    if (depth < 4 && kind < 0.45) {
      let index = 0
      return `{${some(random, () => `"k${random.next() < 0.02 ? 0 : index++}": ${value(depth + 1)}`)}}`
    }
    return kind < 0.7 ? random.pick(NUMBERS) : kind < 0.9 ? random.pick(TEXTS) : random.pick(['true', 'false', 'null'])
  }
  const text = `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "${name}", "namespace": "${NAMESPACE}"}, "spec": ${value(0)}}`
  return random.next() < 0.5 ? text : text.replace(/, "/g, random.pick([',\n"', ',\n\t"', ' , "', ',"']))
}

function some(random: Random, make: () => string): string {
  return Array.from({ length: Math.floor(random.next() * 4) }, make).join(', ')
}

const CHARACTERS = [...'\t\n :-?{}[],#&*!|>\'"%@`\\=~<.0aé\r\u0085\u2028\ufeff\u0007\u007f\u00a0']

/** Inserts, removes or moves up to three characters: most readers refuse such texts. */
function damage(random: Random, text: string): string {
  let changed = [...text]
  const times = 1 + Math.floor(random.next() * 3)
  for (let done = 0; done < times; done++) {
    const at = Math.floor(random.next() * changed.length)
    const how = random.next()
    if (how < 0.5) changed = changed.toSpliced(at, 0, random.pick(CHARACTERS))
    else if (how < 0.75) changed = changed.toSpliced(at, 1)
    else changed = changed.toSpliced(at, 1, random.pick(CHARACTERS))
  }
  return changed.join('')
}
