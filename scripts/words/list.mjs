/** Phrases that readers stumble over, and what to write instead. Checked in comments, documents and UI texts. */

/** @typedef {{ phrase: RegExp, instead: string }} Rule */

/**
 * @param {string} phrase a regular expression for whole words in any case; a blank matches line breaks too
 * @param {string} instead
 * @returns {Rule}
 */
const rule = (phrase, instead) => ({
  phrase: new RegExp(`\\b(?:${phrase.replaceAll(' ', '\\s+')})\\b`, 'gi'),
  instead,
})

/** @type {readonly Rule[]} */
export const RULES = [
  rule('anew|once more', 'again'),
  rule('where (?:there|it|that|they|one|none|nothing|no) (?:is|are|was|were|has|have)', 'if …; otherwise …'),
  rule('(?:is|are|was|were|be|been) told(?! apart)', 'receives, is notified'),
  rule('(?:tells?|told) (?:\\w+ ){0,3}apart', 'distinguishes, distinguishable'),
  rule('(?:is|are|was|were|be) said|says? so', 'reports, shows'),
  rule('in words', 'as a message'),
  rule('what (?:is|are|was|were)(?: not| no| left| there)?(?! wrong)', 'name the thing: "any …", "the …"'),
  rule('of (?:those|which|whom)', 'name the thing'),
  rule('(?:is|are|was|were) left(?! out| alone| to)', 'remains; empty'),
  rule('(?:go|goes|going|went) on(?! the| separate)', 'continues'),
  rule('behind (?:it|them)', 'after it; below it'),
  rule('(?:is|are|was|were|be) had', 'is available'),
  rule('who(?:ever)? asks?|whoever', 'the caller, the user'),
  rule('whatever', 'any …; regardless of …'),
  rule('nobody (?:else )?can', 'no one can; is impossible'),
  rule('dearer|dearest', 'more expensive'),
  rule('(?:is|are|was|were|be) waited for', 'name who waits: "… waits for …"'),
  rule('of fixed rules', 'rule-based'),
  rule('not quite well', 'degraded'),
  rule('with (?:it|them) (?:go|goes)', 'also deletes …'),
  rule('(?<!there\\s)(?:is|are|was|were) no(?! longer| more| one| different)', 'is not a …; there is no …'),
  rule('takes? (?:\\w+ ){0,2}up again|takes? up', 'resumes'),
]
