import type { Detector } from '../../detector'
import type { Spans } from '../../spans'
import { findBlocks } from './yaml-blocks'
import { redactBlock } from './yaml-values'

const kindBefore = /\bkind["']?[ \t]{0,64}:[ \t]{0,64}["']?$/
const kindAfter = /^secret(?:List)?["']?[ \t]*(?:#.*|[\r,}].*)?(?:\n|$)/i
const stringData = /^stringData["']?[ \t]*:/

/**
 * `data` and `stringData` of Secrets in YAML: at the top, in lists, in a SecretList, in several documents, in a block
 * scalar; and `stringData` without a kind. Line by line, since a YAML parser takes seconds for a megabyte.
 */
export const secretYaml: Detector = {
  name: 'secret yaml',
  trigger: { kind: 'words', words: ['secret', 'stringdata'] },
  redact(text, hit, out) {
    const isData = hit.end - hit.start > 'secret'.length
    if (isData ? !stringData.test(text.slice(hit.start, hit.start + 40)) : !isKind(text, hit.start)) return hit.end
    return all(text, out)
  },
  samples: {
    gone: [
      ['kind: Secret\ndata:\n  a: aHVudGVyMg==', 'aHVudGVyMg=='],
      ['apiVersion: v1\ndata:\n  a: aHVudGVyMg==\nkind: "Secret"\ntype: Opaque', 'aHVudGVyMg=='],
      ['items:\n- data:\n    a: aHVudGVyMg==\n  metadata: {}\nkind: SecretList', 'aHVudGVyMg=='],
      ['kind: Secret\nstringData:\n  a: |\n    hunter2\n  b: "let me in"', 'hunter2', 'let me in'],
      ['patch: |\n  stringData:\n    a: hunter2\n', 'hunter2'],
      ['kind: Secret\ndata: {a: aHVudGVyMg==}', 'aHVudGVyMg=='],
    ],
    kept: [
      'kind: ConfigMap\ndata:\n  LOG_LEVEL: info\n---\nkind: Event\ninvolvedObject:\n  kind: Secret\n  name: db\ndata:\n  a: b',
      'kind: SecretProviderClass\ndata:\n  a: b',
      'kind: Secret\nmetadata:\n  name: db\ntype: Opaque',
      'kind: ExternalSecret\nspec:\n  target:\n    template:\n      stringData:\n        url: "{{ .url }}"',
    ],
  },
}

function isKind(text: string, at: number): boolean {
  return (
    kindBefore.test(text.slice(Math.max(0, at - 80), at)) &&
    kindAfter.test(text.slice(at, at + 200).split('\n', 1)[0] ?? '')
  )
}

/** All Secrets of the text in one pass: a block's kind may follow it. */
function* all(text: string, out: Spans): Generator<void, number, void> {
  for (const block of yield* findBlocks(text)) {
    yield* redactBlock(text, block, out)
    yield
  }
  return text.length
}
